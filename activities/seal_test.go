package activities_test

import (
	"bytes"
	"crypto/ed25519"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/parcel"
)

func TestAParcelIsSealedToTheOfficersKeyOnlyAfterACallBack(t *testing.T) {
	t.Parallel()
	key, err := age.GenerateX25519Identity()
	require.NoError(t, err)
	for method, encrypted := range map[casework.VerificationMethod]bool{casework.ByCallback: true, casework.ByOfficialDomain: false} {
		o := open(t, func(r *casework.Request) { r.Officer.AgeRecipient = key.Recipient().String() })
		o.decided(method)
		o.settle()
		c := o.state()
		require.Equal(t, casework.ParcelReady, c.Disclosures[0].Status)
		text := o.text(c.ParcelRef(c.Disclosures[0]))
		require.Equal(t, encrypted, strings.HasPrefix(text, "age-encryption.org/"), string(method))
		report, err := parcel.Verify(strings.NewReader(text), []age.Identity{key}, o.world.Signer.Public().(ed25519.PublicKey))
		require.NoError(t, err)
		require.True(t, report.Sound(), report.Faults)
		require.Equal(t, c.Disclosures[0].ManifestSHA256, report.ManifestSHA256)
		require.Equal(t, []casework.Data{casework.Subscriber, casework.Traffic}, report.Manifest.Data)
	}
}

func TestWhatPeopleAddedIsInTheParcel(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	o.decided(casework.ByOfficialDomain)
	o.settle()
	rows := "account,at,host\nharbor.lights@example.net,2026-06-02T10:00:00Z,example.net\n"
	sum, size, err := o.vault.Put(t.Context(), "uploads/x", bytes.NewReader([]byte(rows)))
	require.NoError(t, err)
	o.act(olivia, casework.AddRecords, &casework.AddRecordsBody{Data: casework.Traffic, File: casework.Document{Name: "more.csv", SHA256: sum, Size: size, Ref: "uploads/x", MediaType: "text/csv"}})
	o.settle()
	c := o.state()
	d := c.Disclosures[len(c.Disclosures)-1]
	report, err := parcel.Verify(strings.NewReader(o.text(c.ParcelRef(d))), nil, nil)
	require.NoError(t, err)
	require.True(t, report.Sound(), report.Faults)
	require.Equal(t, 3, report.Files)
	require.Equal(t, 3, d.Files, "the case counts what was added too")
}

func TestADeliveryIsALinkThatExpires(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	o.decided(casework.ByOfficialDomain)
	o.settle()
	c := o.state()
	o.act(rafael, casework.Release, &casework.ReleaseBody{Confirm: c.ID, Manifest: c.Disclosures[0].ManifestSHA256})
	o.settle()
	letters := o.post.To("dwhitfield@fbi.gov")
	require.Contains(t, letters[len(letters)-1].URL, "http://desk.test/portal/delivery/")
	for _, l := range o.register.Links() {
		if l.Purpose == casework.DeliveryLink {
			require.Equal(t, o.now.AddDate(0, 0, 14), l.ExpiresAt)
			require.Len(t, l.TokenSHA256, 64, "the token itself is kept nowhere")
		}
	}
	require.Equal(t, o.now.AddDate(0, 0, 14).Format(time.RFC3339), o.state().Disclosures[0].ExpiresAt.Format(time.RFC3339))
}

package parcel

import (
	"archive/tar"
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"filippo.io/age"
	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

var errNobody = errors.New("nobody is there")

type nobody struct{}

func (nobody) Wrap([]byte) ([]*age.Stanza, error) { return nil, errNobody }

func TestVerifyAcceptsWhatSealWrote(t *testing.T) {
	key := newKey(t)
	hybrid, err := age.GenerateHybridIdentity()
	require.NoError(t, err)
	for name, c := range map[string]struct {
		bytes      []byte
		identities []age.Identity
		encrypted  bool
	}{
		"plain":              {sealed(t, whole()), nil, false},
		"encrypted":          {sealed(t, whole(), key.Recipient()), []age.Identity{newKey(t), key}, true},
		"encrypted, hybrid":  {sealed(t, whole(), hybrid.Recipient()), []age.Identity{hybrid}, true},
		"plain, a key given": {sealed(t, whole()), []age.Identity{key}, false},
	} {
		t.Run(name, func(t *testing.T) {
			report := verified(t, c.bytes, c.identities...)
			require.Empty(t, report.Faults)
			require.True(t, report.Sound())
			require.Equal(t, SignatureValid, report.Signature)
			require.Equal(t, c.encrypted, report.Encrypted)
			require.Equal(t, whole().Manifest(), report.Manifest)
			require.Equal(t, []int{4, 6}, []int{report.Files, report.Rows})
		})
	}
}

func TestVerifyAcceptsAPackageWithoutRecords(t *testing.T) {
	in := whole()
	in.Files = nil
	require.Empty(t, verified(t, sealed(t, in)).Faults)
}

func TestVerifySaysThatItDidNotCheckTheSignature(t *testing.T) {
	report, err := Verify(bytes.NewReader(sealed(t, whole())), nil, nil)
	require.NoError(t, err)
	require.Empty(t, report.Faults)
	require.Equal(t, SignatureNotChecked, report.Signature)
}

func TestVerifyRefusesAnotherSigner(t *testing.T) {
	other := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{8}, ed25519.SeedSize)).Public().(ed25519.PublicKey)
	report, err := Verify(bytes.NewReader(sealed(t, whole())), nil, other)
	require.NoError(t, err)
	require.Equal(t, []string{"manifest.sig: the signature over manifest.json is not the signer's"}, report.Faults)
	require.Equal(t, SignatureInvalid, report.Signature)
}

func TestVerifyCannotBeginWithoutTheRightKeys(t *testing.T) {
	key := newKey(t)
	b := sealed(t, whole(), key.Recipient())
	for name, c := range map[string]struct {
		identities []age.Identity
		signer     ed25519.PublicKey
		says       string
	}{
		"no identity":      {nil, public, "a key is needed"},
		"another identity": {[]age.Identity{newKey(t)}, public, "None of the keys"},
		"no Ed25519 key":   {[]age.Identity{key}, ed25519.PublicKey("short"), "not an Ed25519 key"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Verify(bytes.NewReader(b), c.identities, c.signer)
			require.ErrorContains(t, err, c.says)
			require.Equal(t, casework.Invalid, casework.CodeOf(err))
		})
	}
}

func TestVerifyPassesOnAReaderThatFails(t *testing.T) {
	boom := errors.New("the network is gone")
	b := sealed(t, whole())
	for _, n := range []int{0, 5, 700, len(b) - 1} {
		_, err := Verify(io.MultiReader(bytes.NewReader(b[:n]), iotest.ErrReader(boom)), nil, public)
		require.ErrorIs(t, err, boom, "after %d bytes", n)
	}
}

func TestVerifyFindsEveryChangedByteOfThePlainPackage(t *testing.T) {
	b := sealed(t, whole())
	for i := range b {
		b[i] ^= 1 << (i % 8)
		report, err := Verify(bytes.NewReader(b), nil, public)
		require.False(t, err == nil && report.Sound(), "byte %d of %d was changed and nothing was found", i, len(b))
		b[i] ^= 1 << (i % 8)
	}
	require.True(t, verified(t, b).Sound())
}

func TestVerifyFindsEveryChangedByteOfTheEncryptedPackage(t *testing.T) {
	key := newKey(t)
	b := sealed(t, whole(), key.Recipient())
	for i := range b {
		b[i] ^= 1 << (i % 8)
		report, err := Verify(bytes.NewReader(b), []age.Identity{key}, public)
		require.False(t, err == nil && report.Sound(), "byte %d of %d was changed and nothing was found", i, len(b))
		b[i] ^= 1 << (i % 8)
	}
	require.True(t, verified(t, b, key).Sound())
}

func TestVerifyFindsEveryTruncationAndAddition(t *testing.T) {
	key := newKey(t)
	for _, b := range [][]byte{sealed(t, whole()), sealed(t, whole(), key.Recipient())} {
		for n := 0; n < len(b); n += 7 {
			report, err := Verify(bytes.NewReader(b[:n]), []age.Identity{key}, public)
			require.False(t, err == nil && report.Sound(), "cut after %d of %d bytes", n, len(b))
		}
		for _, more := range []string{"\x00", "x", strings.Repeat("\x00", 512), strings.Repeat("\x00", 10240)} {
			report, err := Verify(strings.NewReader(string(b)+more), []age.Identity{key}, public)
			require.False(t, err == nil && report.Sound(), "%d bytes more", len(more))
		}
	}
}

func TestVerifyRefusesWhatIsNoPackage(t *testing.T) {
	for name, in := range map[string]string{"nothing": "", "a text": "hello", "zeros": strings.Repeat("\x00", 1024), "long": strings.Repeat("x", 5000)} {
		t.Run(name, func(t *testing.T) { require.NotEmpty(t, verified(t, []byte(in)).Faults) })
	}
	_, err := Verify(strings.NewReader("age-encryption.org/v1\n-> nonsense"), []age.Identity{newKey(t)}, nil)
	require.ErrorContains(t, err, "damaged")
}

// Each case changes the sealed archive as somebody with the signing key could, or a mistake of ours, and names the one
// fault that must be found.
func TestVerifyNamesWhatIsWrong(t *testing.T) {
	good := entries(t, sealed(t, whole()))
	manifest := good[7].data
	with := func(old, changedTo string) []entry {
		require.Contains(t, manifest, old)
		return resigned(changed(good, ManifestName, strings.Replace(manifest, old, changedTo, 1)))
	}
	records := func(name, data string) []entry {
		sum, from := sumOf([]byte(data)), ""
		for _, e := range good {
			if e.Name == name {
				from = sumOf([]byte(e.data))
			}
		}
		return resigned(changed(changed(good, name, data), ManifestName, strings.Replace(manifest, from, sum, 1)))
	}
	for name, c := range map[string]struct {
		list []entry
		want []string
	}{
		"a file that the manifest does not name": {
			resigned(append([]entry{file("records/more.csv", "account\n")}, good...)),
			[]string{"records/more.csv is in the package and not in manifest.json"},
		},
		"a file that only the manifest names": {
			resigned(append(append([]entry{}, good[:1]...), good[2:]...)),
			[]string{`"records/traffic.csv" is named in manifest.json and is not in the package`},
		},
		"a file named twice": {
			with(`"records/traffic.csv"`, `"records/subscriber.csv"`),
			[]string{`"records/subscriber.csv" stands in manifest.json twice`, "records/traffic.csv is in the package and not in manifest.json"},
		},
		"a frame named as records": {
			with(`"records/traffic.csv"`, `"README.txt"`),
			[]string{`"README.txt" is named in manifest.json and is not in the package`, "records/traffic.csv is in the package and not in manifest.json"},
		},
		"a hash of something else": {
			with(sumOf([]byte(trafficCSV)), sumOf(nil)),
			[]string{"records/traffic.csv: its SHA-256 is not the one in manifest.json"},
		},
		"a category that was not approved": {
			with("    \"traffic\",\n", ""),
			[]string{`"records/traffic.csv": its category is not among those of manifest.json`},
		},
		"another number of rows": {
			records("records/traffic.csv", trafficCSV+"harbor,2026-07-01T00:00:00Z,198.51.100.10,1\n"),
			[]string{"records/traffic.csv has 3 rows, the manifest says 2"},
		},
		"a row before the range": {
			records("records/traffic.csv", strings.Replace(trafficCSV, "2026-06-01T00:00:00Z", "2026-05-31T23:59:59Z", 1)),
			[]string{"records/traffic.csv has rows outside the time range of the targets (hours with such rows: 1)"},
		},
		"a row after the range, in another zone": {
			records("records/traffic.csv", strings.Replace(trafficCSV, "2026-10-31T23:59:59Z", "2026-10-31T23:00:00-01:00", 1)),
			[]string{"records/traffic.csv has rows outside the time range of the targets (hours with such rows: 1)"},
		},
		"a row of JSON outside the range": {
			records("records/content.jsonl", strings.Replace(contentJSONL, "2026-08-01", "2027-08-01", 1)),
			[]string{"records/content.jsonl has rows outside the time range of the targets (hours with such rows: 1)"},
		},
		"a row with a date that is none": {
			records("records/traffic.csv", strings.Replace(trafficCSV, "2026-06-01T00:00:00Z", "the first of June", 1)),
			[]string{`records/traffic.csv has 1 rows whose "at" is not an instant`},
		},
		"a CSV that is none": {
			records("records/traffic.csv", trafficCSV+"one cell\n"),
			[]string{"records/traffic.csv cannot be read after row 2"},
		},
		"a CSV without a header": {
			records("records/traffic.csv", ""),
			[]string{"records/traffic.csv cannot be read after row 0", "records/traffic.csv has 0 rows, the manifest says 2"},
		},
		"lines that are not JSON": {
			records("records/content.jsonl", contentJSONL+"hello\n"),
			[]string{"records/content.jsonl cannot be read after row 2"},
		},
		"a range that is none": {
			with(`"2026-06-01"`, `"June"`),
			[]string{
				"manifest.json: the range of target 0 is none",
				"records/subscriber.csv has rows outside the time range of the targets (hours with such rows: 1)",
				"records/traffic.csv has rows outside the time range of the targets (hours with such rows: 2)",
				"records/content.jsonl has rows outside the time range of the targets (hours with such rows: 1)",
			},
		},
		"an unknown field in the manifest": {
			with(`"instrument"`, `"extra": 1, "instrument"`),
			append([]string{"manifest.json: extra is not a field of this object"}, unread...),
		},
		"a certificate that was changed": {
			changed(good, CertificateName, "%PDF-forged"),
			[]string{"certificate.pdf: its SHA-256 is not the one in SHA256SUMS"},
		},
		"sums that name more": {
			changed(good, SumsName, good[6].data+sumOf(nil)+"  records/gone.csv\n"),
			[]string{`"records/gone.csv" is named in SHA256SUMS and is not in the package`},
		},
		"sums that are not sums": {
			changed(good, SumsName, good[6].data+"hello\n"),
			[]string{"SHA256SUMS is not in its form", `"" is named in SHA256SUMS and is not in the package`},
		},
		"sums that break off": {
			changed(good, SumsName, strings.TrimSuffix(good[6].data, "\n")),
			[]string{"SHA256SUMS is not in its form"},
		},
		"sums that name one twice": {
			changed(good, SumsName, good[6].data+strings.SplitAfter(good[6].data, "\n")[0]),
			[]string{"SHA256SUMS is not in its form"},
		},
		"a signature that is none": {
			changed(good, SignatureName, "signed, me"),
			[]string{"manifest.sig is not an Ed25519 signature", "manifest.sig: the signature over manifest.json is not the signer's"},
		},
		"an order that is not ours": {
			append(append([]entry{}, good[1:]...), good[0]),
			[]string{"manifest.json and manifest.sig are not the last members"},
		},
		"no signature": {good[:8], []string{"manifest.sig is missing", "manifest.json and manifest.sig are not the last members"}},
		"no manifest": {
			append(append([]entry{}, good[:7]...), good[8]),
			[]string{"manifest.json is missing", "manifest.json and manifest.sig are not the last members"},
		},
		"no sums": {append(append([]entry{}, good[:6]...), good[7:]...), []string{"SHA256SUMS is missing"}},
		"no certificate": {
			resigned(append(append([]entry{}, good[:4]...), good[5:]...)), []string{"certificate.pdf is missing"},
		},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, verified(t, archive(t, c.list...)).Faults) })
	}
}

// unread is what follows where the manifest cannot be read at all.
var unread = []string{
	"records/subscriber.csv is in the package and not in manifest.json",
	"records/traffic.csv is in the package and not in manifest.json",
	"records/content.jsonl is in the package and not in manifest.json",
	"records/raw/mailbox.mbox is in the package and not in manifest.json",
}

func TestVerifyFindsAllFaultsAtOnce(t *testing.T) {
	list := entries(t, sealed(t, whole()))
	list = changed(list, ReadmeName, "forged")
	list = changed(list, "records/traffic.csv", strings.Replace(trafficCSV, "2026-06-01", "2020-06-01", 1))
	list = append([]entry{file("../up", "x")}, list...)
	list = changed(list, SignatureName, strings.Repeat("s", ed25519.SignatureSize))
	require.Len(t, verified(t, archive(t, list...)).Faults, 6)
}

func TestVerifyRefusesHostileMembers(t *testing.T) {
	good := entries(t, sealed(t, whole()))
	for name, c := range map[string]struct {
		bad  entry
		want string
	}{
		"a way up":         {file("../../etc/passwd", "x"), `"../../etc/passwd": has a name that a package may not have`},
		"a way up, hidden": {file("records/a/../../../x", "x"), `"records/a/../../../x": has a name that a package may not have`},
		"an absolute path": {file("/etc/passwd", "x"), `"/etc/passwd": has a name that a package may not have`},
		"a hidden file":    {file("records/.bashrc", "x"), `"records/.bashrc": has a name that a package may not have`},
		"an option":        {file("records/-rf", "x"), `"records/-rf": has a name that a package may not have`},
		"a backslash":      {file(`records\x.csv`, "x"), `"records\\x.csv": has a name that a package may not have`},
		"a terminal's own": {file("records/\x1b[2J", "x"), `"records/\x1b[2J": has a name that a package may not have`},
		"a huge name":      {file("records/"+strings.Repeat("a", 5000), "x"), `"records/` + strings.Repeat("a", 52) + `"…: has a name that a package may not have`},
		"twice":            {file("README.txt", "x"), `"README.txt": stands in the package twice`},
		"twice, folded":    {file("records/Traffic.CSV", "x"), `"records/traffic.csv": stands in the package twice`},
		"a symbolic link":  {entry{tar.Header{Name: "records/l.csv", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}, ""}, `"records/l.csv": is not a plain file`},
		"a hard link":      {entry{tar.Header{Name: "records/l.csv", Typeflag: tar.TypeLink, Linkname: "README.txt"}, ""}, `"records/l.csv": is not a plain file`},
		"a folder":         {entry{tar.Header{Name: "records/", Typeflag: tar.TypeDir}, ""}, `"records/": is not a plain file`},
		"a device":         {entry{tar.Header{Name: "records/d", Typeflag: tar.TypeChar}, ""}, `"records/d": is not a plain file`},
		"attributes": {
			entry{tar.Header{Name: "records/x", PAXRecords: map[string]string{"SCHILY.xattr.user.run": "yes"}}, "x"},
			`"records/x": carries attributes that a package may not have`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, verified(t, archive(t, append([]entry{c.bad}, good...)...)).Faults, c.want)
		})
	}
}

func TestVerifyRefusesAModeThatSealDoesNotWrite(t *testing.T) {
	list := entries(t, sealed(t, whole()))
	list[0].Mode = 0o4755
	require.Equal(t, []string{"bytes of the archive beside its files are not as they were written"}, verified(t, archive(t, list...)).Faults)
}

func TestVerifyRefusesTrailingData(t *testing.T) {
	b := append(sealed(t, whole()), bytes.Repeat([]byte("x"), 512)...)
	require.Equal(t, []string{"the package goes on after its end"}, verified(t, b).Faults)
}

func TestVerifyBoundsWhatItReports(t *testing.T) {
	var list []entry
	for i := range 300 {
		list = append(list, file(fmt.Sprintf("../%d", i), ""))
	}
	faults := verified(t, archive(t, list...)).Faults
	require.Len(t, faults, mostFaults+1)
	require.Equal(t, "and more", faults[mostFaults])
}

func TestVerifyBoundsTheMembers(t *testing.T) {
	var list []entry
	for i := range mostMembers + 1 {
		list = append(list, file(fmt.Sprintf("records/%d", i), ""))
	}
	require.Contains(t, verified(t, archive(t, list...)).Faults, "the package has more than 10000 members")
}

// whatever comes in, Verify answers.
func FuzzVerify(f *testing.F) {
	var out bytes.Buffer
	_, err := Seal(&out, whole(), signer)
	require.NoError(f, err)
	f.Add(out.Bytes())
	f.Add([]byte("age-encryption.org/v1\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		report, err := Verify(bytes.NewReader(b), nil, public)
		if err == nil && report.Sound() {
			require.Equal(t, out.Bytes(), b, "only what the signer signed is sound")
		}
	})
}

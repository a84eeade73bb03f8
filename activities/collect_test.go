package activities_test

import (
	"context"
	"io"
	"iter"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

func (o *office) text(ref string) string {
	o.t.Helper()
	r, err := o.vault.Open(o.t.Context(), ref)
	require.NoError(o.t, err)
	b, err := io.ReadAll(r)
	require.NoError(o.t, err)
	return string(b)
}

func TestOnlyWhatWasApprovedIsCollected(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	o.decided(casework.ByOfficialDomain)
	job := o.job(casework.DoCollect, "")
	r, err := o.carry(casework.DoCollect, job)
	require.NoError(t, err)
	require.Equal(t, 2, r.Collected.Files)
	list := o.text("cases/" + caseID + "/parcels/1/collected.json")
	require.NotContains(t, list, "content", "nobody asked for it")
	for _, line := range strings.Split(strings.TrimSpace(o.text(refIn(t, list, "traffic"))), "\n")[1:] {
		require.True(t, strings.HasPrefix(line, "harbor.lights@example.net,2026-06-0"), line)
	}
	before := o.vault.Under("cases")
	again, err := o.carry(casework.DoCollect, job)
	require.NoError(t, err)
	require.Equal(t, r, again)
	require.Equal(t, before, o.vault.Under("cases"), "a look-up happens once per step")
}

func refIn(t *testing.T, list, data string) string {
	t.Helper()
	_, after, found := strings.Cut(list, `"data":"`+data+`"`)
	require.True(t, found, list)
	_, after, _ = strings.Cut(after, `"ref":"`)
	ref, _, _ := strings.Cut(after, `"`)
	return ref
}

// lying is a source that slips in a row of somebody else, or of another time.
type lying struct {
	casework.Records

	change func(casework.Row) casework.Row
}

func (l lying) Look(ctx context.Context, q casework.Query) iter.Seq2[casework.Row, error] {
	return func(yield func(casework.Row, error) bool) {
		for row, err := range l.Records.Look(ctx, q) {
			if !yield(l.change(row), err) {
				return
			}
		}
	}
}

func TestASourceThatGivesMoreThanWasAskedIsNotCollectedFrom(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(casework.Row) casework.Row{
		"another account": func(r casework.Row) casework.Row {
			r.Cells = append([]string{"somebody.else@example.net"}, r.Cells[1:]...)
			return r
		},
		"another time": func(r casework.Row) casework.Row { r.At = r.At.AddDate(1, 0, 0); return r },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := open(t, nil)
			o.decided(casework.ByOfficialDomain)
			honest := o.world.Records
			o.world.Records = lying{honest, change}
			_, err := o.carry(casework.DoCollect, o.job(casework.DoCollect, ""))
			require.Error(t, err)
			o.world.Records = honest
			_, err = o.carry(casework.DoCollect, o.job(casework.DoCollect, ""))
			require.NoError(t, err, "it is tried again")
		})
	}
}

// A decision that is taken back in between leaves nothing to be collected.
func TestNothingIsCollectedForADecisionThatWasTakenBack(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	o.decided(casework.ByOfficialDomain)
	job := o.job(casework.DoCollect, "")
	o.act(olivia, casework.Withdraw, &casework.WithReason{Reason: "the authority asks no longer"})
	before := o.vault.Under("cases")
	r, err := o.carry(casework.DoCollect, job)
	require.NoError(t, err)
	require.True(t, r.Dropped)
	require.Equal(t, before, o.vault.Under("cases"))
}

package activities_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/records/demo"
)

const harborLights = "harbor.lights@example.net"

// preserved is an office whose instrument has its records preserved on receipt.
func preserved(t *testing.T) (*office, *demo.Source) {
	t.Helper()
	o := open(t, func(r *casework.Request) { r.Instrument.Type = casework.EPOC })
	source := demo.New(1, o.clock)
	o.world.Records = source
	return o, source
}

func (o *office) collected(data string) string {
	o.t.Helper()
	return o.text(refIn(o.t, o.text("cases/"+caseID+"/parcels/1/collected.json"), data))
}

func TestADisclosureHoldsWhatWasPreservedWhateverTheCustomerDeletedSince(t *testing.T) {
	t.Parallel()
	undisturbed, _ := preserved(t)
	undisturbed.decided(casework.ByOfficialDomain)
	undisturbed.settle(casework.DoSeal)

	o, source := preserved(t)
	o.settle()
	require.Len(t, o.state().Work.Kept, 2, "subscriber and traffic")
	require.NoError(t, source.Erase(harborLights, casework.Traffic, time.Time{}, o.now))
	o.decided(casework.ByOfficialDomain)
	o.settle(casework.DoSeal)

	require.Equal(t, undisturbed.collected("traffic"), o.collected("traffic"))
	require.Greater(t, strings.Count(o.collected("traffic"), "\n"), 1, "there was something to preserve")
	require.Contains(t, o.text("cases/"+caseID+"/parcels/1/collected.json"), "demo, as preserved at 2026-11-20T15:04:05Z")
	require.Len(t, source.Log(harborLights), 1, "the customer sees what they did themselves")
	require.Equal(t, "You deleted traffic.", source.Log(harborLights)[0].Text)
}

func TestWithoutAPreservationTheSourceIsAskedAsItIsNow(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	source := demo.New(1, o.clock)
	o.world.Records = source
	require.NoError(t, source.Erase(harborLights, casework.Traffic, time.Time{}, o.now))
	o.decided(casework.ByOfficialDomain)
	o.settle(casework.DoSeal)
	require.Equal(t, 1, strings.Count(o.collected("traffic"), "\n"), "the header alone")
}

func TestAWarrantIsAnsweredFromWhatTheCaseItFollowsHasPreserved(t *testing.T) {
	t.Parallel()
	o := open(t, nil)
	source := demo.New(1, o.clock)
	o.world.Records = source
	kept, err := o.earlier("LR-2025-000009")
	require.NoError(t, err)
	require.NotEmpty(t, kept)
	require.NoError(t, source.Erase(harborLights, casework.Traffic, time.Time{}, o.now))
	o.act(olivia, casework.LinkCase, &casework.LinkBody{Case: "LR-2025-000009", Relation: casework.Follows})
	o.decided(casework.ByOfficialDomain)
	o.settle(casework.DoSeal)
	rows := strings.Split(strings.TrimSpace(o.collected("traffic")), "\n")
	require.Greater(t, len(rows), 1)
	for _, row := range rows[1:] {
		require.True(t, strings.HasPrefix(row, harborLights+",2026-06-0"), "the warrant's own range: %s", row)
	}
}

func TestWhatWasKeptIsDeletedWhenThePreservationHasEndedAndNothingHoldsIt(t *testing.T) {
	t.Parallel()
	o, _ := preserved(t)
	o.settle()
	kept := o.state().Work.Kept
	o.act(rosa, casework.Hold, &casework.WithReason{Reason: "litigation"})
	o.act(olivia, casework.EndPreservation, &casework.WithReason{Reason: "withdrawn"})
	o.settle()
	for _, k := range kept {
		o.text(k.Ref)
	}
	o.act(rosa, casework.Unhold, &casework.WithReason{Reason: "over"})
	o.settle()
	require.Empty(t, o.state().Work.Kept)
	for _, k := range kept {
		_, err := o.vault.Open(t.Context(), k.Ref)
		require.Equal(t, casework.NotFound, casework.CodeOf(err))
	}
}

package casework

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// contested is an open challenge with a hearing, in a case due in New York.
func contested(at time.Time) *turn {
	return &turn{at: at, c: Case{
		View: View{
			Stage: InChallenge, Challenges: []Challenge{{N: 1, Kind: ToQuash, Status: ChallengeOpen, Court: "D. Mass."}},
			Deadlines: []Deadline{{Kind: DueRespond, Zone: "America/New_York", Due: at.AddDate(1, 0, 0)}}, Determination: &Determination{},
		},
		Work: Work{Terms: Terms{Behaviour: NewestBehaviour}},
	}}
}

func TestAHearingIsRemindedOfBeforeAndAfter(t *testing.T) {
	at := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	turn := contested(at)
	require.NoError(t, turn.addFiling(ChallengeBody{Kind: ToQuash, Challenge: 1, HearingOn: "2026-12-20", Court: "1st Cir."}))
	require.Equal(t, Challenge{N: 1, Kind: ToQuash, Status: ChallengeOpen, Court: "1st Cir.", HearingOn: "2026-12-20"}, turn.c.Challenges[0])
	newYork := turn.c.zoneOfCourt()
	for i, want := range []Date{"2026-12-13", "2026-12-19", "2026-12-21"} {
		turn.at = want.Start(newYork).Add(-time.Second)
		turn.watchHearings()
		require.Len(t, turn.c.Work.Pending, i, "nothing before %s", want)
		turn.at = want.Start(newYork)
		turn.watchHearings()
		turn.watchHearings()
		require.Len(t, turn.c.Work.Pending, i+1, "one on %s", want)
	}
}

func TestAHearingEnteredLateIsNotRemindedOfAtOnce(t *testing.T) {
	turn := contested(time.Date(2026, 12, 18, 12, 0, 0, 0, time.UTC))
	require.NoError(t, turn.addFiling(ChallengeBody{Kind: ToQuash, Challenge: 1, HearingOn: "2026-12-20"}))
	turn.watchHearings()
	require.Empty(t, turn.c.Work.Pending, "whoever entered it knows")
	require.Len(t, turn.c.hearings(), 2, "the day before, and the day after")
}

func TestWhatAChallengeContestsIsNotChangedUnderIt(t *testing.T) {
	turn := contested(time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC))
	err := turn.addFiling(ChallengeBody{Kind: ToModify, Challenge: 1, Data: []Data{Traffic}})
	var refused *Error
	require.ErrorAs(t, err, &refused)
	require.Equal(t, Invalid, refused.Code)
	require.Len(t, refused.Faults, 2)
	require.Equal(t, Conflict, CodeOf(turn.addFiling(ChallengeBody{Kind: ToQuash, Challenge: 2})))
}

// 18 USC 2703(h): the motion protects the law of a qualifying foreign government, and is a motion of its own.
func TestComityIsForQualifyingGovernmentsOnly(t *testing.T) {
	turn := contested(time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC))
	require.Equal(t, Conflict, CodeOf(turn.c.mayContest(ChallengeBody{Kind: Comity})))
	turn.c.Determination.Grounds = []Reason{{Rule: "us.comity"}}
	require.NoError(t, turn.c.mayContest(ChallengeBody{Kind: Comity}))
	for _, x := range []struct {
		kind     ChallengeKind
		due      DeadlineKind
		fulfills bool
	}{
		{SecrecyOnly, DueObject, false}, {SecrecyOnly, DueComityMotion, false}, {ToQuash, DueComityMotion, false},
		{ToQuash, DueObject, true}, {ReasonedObjection, DueObject, true}, {Comity, DueComityMotion, true},
	} {
		turn.c.Challenges = []Challenge{{N: 1, Kind: x.kind}}
		require.Equal(t, x.fulfills, turn.c.fulfilled(Deadline{Kind: x.due}), "%s by %s", x.due, x.kind)
	}
}

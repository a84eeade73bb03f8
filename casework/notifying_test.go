package casework

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Whoever sends a notice asks a clock of their own. While that one still says no, nobody is told, and the next try waits:
// else two clocks that differ by seconds would fill the ledger.
func TestANoticeThatIsHeldBackIsTriedAgainAfterAnHour(t *testing.T) {
	at, disclosed := time.Date(2027, 11, 22, 0, 0, 0, 0, time.UTC), ResolvedDisclosed
	closed := at.AddDate(-1, 0, 0)
	c := Case{
		View: View{
			Stage: InClosed, Resolution: &disclosed, Accounts: []Account{{Match: MatchFound, Account: "a"}}, Determination: &Determination{Notice: NoticeAnswer{Duty: AfterSecrecyEnds}},
			Secrecy: Secrecy{Kind: SecrecyByOrder, Until: "2027-11-20"}, Disclosures: []Disclosure{{N: 1, Status: ParcelReceived}},
		},
		Work: Work{ClosedAt: &closed, SecrecyAsked: true, SecrecyOver: true, Terms: Terms{Behaviour: NewestBehaviour}},
	}
	tick := func(at time.Time) {
		ch, err := c.Apply(Tick{At: at})
		require.NoError(t, err)
		c = ch.Case
	}
	tick(at)
	require.Len(t, c.Notices, 1)
	ch, err := c.Apply(Result{At: at.Add(time.Second), Step: c.Work.Pending[0].Step, Dropped: true})
	require.NoError(t, err)
	c = ch.Case
	require.Empty(t, c.Notices, "none is on its way")
	require.Empty(t, c.Work.Pending)
	next, ok := c.Wakes(at.Add(time.Second))
	require.True(t, ok)
	require.Equal(t, at.Add(time.Hour+time.Second), next)
	tick(next.Add(-time.Minute))
	require.Empty(t, c.Notices)
	tick(next)
	require.Len(t, c.Notices, 1)
}

// The policy judges the request under the secrecy that stands: what an act has set, or lifted, and not what came with it.
func TestThePolicyIsAskedUnderTheSecrecyThatStands(t *testing.T) {
	at := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	paper := Secrecy{Kind: SecrecyByOrder, Basis: "18 USC 2705(b)", Until: "2027-01-01"}
	c := Case{View: View{Request: Request{Secrecy: paper}, Secrecy: paper, Stage: InLegalReview, Determination: &Determination{}}, Work: Work{Terms: Terms{Behaviour: NewestBehaviour}}}
	turn := &turn{c: c, at: at, actor: Actor{Kind: Person, Name: "rosa"}}
	require.NoError(t, setSecrecy(turn, Act{}, SecrecyBody{Kind: SecrecyByOrder, Basis: "extended", Until: "2029-01-01"}))
	require.Equal(t, Date("2029-01-01"), turn.c.Evaluated().Secrecy.Until)
	d, ok := turn.c.deadline(SecrecyUntil)
	require.True(t, ok)
	require.Equal(t, Date("2029-01-01"), d.Date)
	require.Equal(t, DoEvaluate, turn.c.Work.Pending[0].Kind)
	require.NoError(t, liftSecrecy(turn, Act{}, WithReason{Reason: "the court lifted it"}))
	require.Equal(t, NoSecrecy, turn.c.Evaluated().Secrecy.Kind)
	require.Len(t, turn.c.Work.Pending, 1, "asked once")
	_, ok = turn.c.deadline(SecrecyUntil)
	require.False(t, ok)
	c.Work.Terms.Behaviour = BehaviourRemarks - 1
	require.Equal(t, paper, c.Evaluated().Secrecy, "as ever, of a case received before")
}

// A customer's new address is that of every later notice, also where the one that it was given for could not go out.
func TestANewAddressStays(t *testing.T) {
	for behaviour, want := range map[int]string{NewestBehaviour: "new@example.net", BehaviourRemarks: ""} {
		c := Case{
			View: View{Stage: InCustomerNotice, Accounts: []Account{{Match: MatchFound, Account: "a"}}, Determination: &Determination{Notice: NoticeAnswer{Duty: BeforeDisclosure}}},
			Work: Work{Terms: Terms{Behaviour: behaviour}},
		}
		turn := &turn{c: c, at: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)}
		require.NoError(t, renotify(turn, Act{}, RenotifyBody{Address: "new@example.net", Reason: "it bounced"}))
		turn.dropped(turn.c.Work.Pending[0])
		turn.c.Work.ToldInVain = nil
		turn.tell(BeforeDisclosure, "")
		require.Equal(t, want, turn.c.Notices[0].Address)
	}
}

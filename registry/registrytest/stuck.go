//go:build unix

package registrytest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

// stuck is what a viewer is told to be stuck, ten minutes after noon.
func (h *house) stuck(t *testing.T, viewer casework.Actor) casework.StuckList {
	t.Helper()
	l, err := h.Stuck(ctx(t), noon.Add(10*time.Minute), viewer)
	require.NoError(t, err)
	return l
}

// pending is a case that waits for the effects of these steps.
func (h *house) pending(t *testing.T, in casework.Intake, steps ...int) casework.Case {
	t.Helper()
	ch := change(h.receive(t, in), casework.Commented, `{}`)
	ch.Case.Work.Pending = nil
	for _, step := range steps {
		ch.Case.Work.Pending = append(ch.Case.Work.Pending, casework.Effect{Step: step, Kind: casework.DoMail})
	}
	require.NoError(t, h.Store(ctx(t), ch))
	return ch.Case
}

func (h *house) waits(t *testing.T, id string, step int, minutes int, cause casework.Cause, tries int) {
	t.Helper()
	require.NoError(t, h.Waits(ctx(t), casework.Stuck{Case: id, What: casework.Waiting(casework.DoMail), Step: step, Cause: cause, Since: noon.Add(time.Duration(minutes) * time.Minute), Tries: tries}))
}

// told is what a list says, minutes after noon.
func told(id string, what casework.Waiting, step int, cause casework.Cause, minutes int, tries int) casework.Stuck {
	return casework.Stuck{Case: id, What: what, Step: step, Cause: cause, Sentence: cause.Sentence(), Since: noon.Add(time.Duration(minutes) * time.Minute), Tries: tries}
}

func stuckIsListed(t *testing.T, h *house) {
	early, late := h.pending(t, paper(), 11), h.pending(t, paper(), 11, 12)
	h.waits(t, late.ID, 12, 2, casework.VaultIsAway, 3)
	h.waits(t, early.ID, 11, 1, casework.MailIsAway, 3)
	h.waits(t, early.ID, 11, 5, casework.RecordsAreAway, 9)
	require.NoError(t, h.RunsFail(ctx(t), []string{late.ID}, noon.Add(3*time.Minute)))
	require.Equal(t, casework.StuckList{Cases: 2, Stuck: []casework.Stuck{
		told(early.ID, "mail", 11, casework.RecordsAreAway, 1, 9),
		told(late.ID, "mail", 12, casework.VaultIsAway, 2, 3),
		told(late.ID, casework.WaitingRun, 0, casework.RunFails, 3, 0),
	}}, h.stuck(t, adam), "since when stays, the cause is the newest; whoever sees no case sees this")
	of, err := h.StuckCase(ctx(t), late.ID, noon, tess)
	require.NoError(t, err)
	require.Len(t, of, 2)
	refused(t, h.Waits(ctx(t), casework.Stuck{Case: "LR-2026-999999"}), casework.NotFound)
}

func stuckGoesOn(t *testing.T, h *house) {
	c := h.pending(t, paper(), 11, 12)
	h.waits(t, c.ID, 11, 1, casework.MailIsAway, 3)
	h.waits(t, c.ID, 12, 1, casework.MailIsAway, 3)
	require.NoError(t, h.RunsFail(ctx(t), []string{c.ID}, noon))
	ch := change(c, casework.LetterSent, `{}`)
	ch.Case.Work.Pending = c.Work.Pending[1:]
	require.NoError(t, h.Store(ctx(t), ch))
	left := h.stuck(t, mina).Stuck
	require.Len(t, left, 2, "what a step brought takes away that it was stuck, and nothing else")
	require.Equal(t, 12, left[1].Step)
	require.NoError(t, h.RunsFail(ctx(t), nil, noon))
	require.Len(t, h.stuck(t, mina).Stuck, 1)
}

func neverStartedIsStuck(t *testing.T, h *house) {
	in := paper()
	id := h.register(t, in)
	require.Equal(t, []casework.Stuck{told(id, casework.WaitingStart, 0, casework.NotStarted, 0, 0)}, h.stuck(t, mina).Stuck)
	at, err := h.Stuck(ctx(t), noon.Add(time.Minute), mina)
	require.NoError(t, err)
	require.Equal(t, casework.StuckList{Stuck: []casework.Stuck{}}, at, "a minute is not long")
	require.NoError(t, h.Waits(ctx(t), casework.Stuck{Case: id, What: casework.WaitingStart, Cause: casework.OtherRun, Since: noon}))
	require.Equal(t, []casework.Stuck{told(id, casework.WaitingStart, 0, casework.OtherRun, 0, 0)}, h.stuck(t, mina).Stuck, "why it could not be begun says more than that it is late")
	c, err := h.Load(ctx(t), id)
	require.NoError(t, err)
	h.apply(t, c, casework.Receipt{At: noon, Actor: olivia})
	require.Zero(t, h.stuck(t, mina).Cases)
}

func stuckKeepsToTheWall(t *testing.T, h *house) {
	c := h.pending(t, secret("rosa"), 11)
	h.waits(t, c.ID, 11, 1, casework.MailIsAway, 3)
	require.NoError(t, h.RunsFail(ctx(t), []string{c.ID}, noon))
	require.Equal(t, 1, h.stuck(t, rosa).Cases)
	require.Equal(t, 1, h.stuck(t, casework.TheSystem).Cases)
	for _, outside := range []casework.Actor{olivia, mina, tess, adam, {Kind: casework.Person}} {
		require.Equal(t, casework.StuckList{Stuck: []casework.Stuck{}}, h.stuck(t, outside), outside.Name)
		_, there := h.StuckCase(ctx(t), c.ID, noon, outside)
		_, nowhere := h.StuckCase(ctx(t), "LR-2026-999999", noon, outside)
		refused(t, there, casework.NotFound)
		require.Equal(t, nowhere.Error(), there.Error())
	}
}

func resumedIsAnEvent(t *testing.T, h *house) {
	c := h.receive(t, paper())
	require.NoError(t, h.Resumed(ctx(t), c.ID, adam, "mail_server", noon))
	events := h.events(t, c.ID)
	last := events[len(events)-1]
	require.Equal(t, casework.Resumed, last.Verb)
	require.Equal(t, "adam", last.Actor.Name)
	require.JSONEq(t, `{"why": "mail_server"}`, string(last.New))
	again, err := h.Load(ctx(t), c.ID)
	require.NoError(t, err)
	require.Equal(t, c.Version, again.Version)
}

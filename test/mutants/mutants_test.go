// Package mutants breaks each of the ten rules of lifecycle.md in the code of casework, one at a time, and expects the
// random walks to find it. Each mutant is a build of its own.
package mutants

import (
	"cmp"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// change is one line of a file made into another.
type change struct{ file, from, to string }

// mutant is a rule broken on purpose; says is what the walks must say.
type mutant struct {
	name, says string
	changes    []change
}

var mutants = []mutant{
	{"1: approvals are not waited for", "rule 1", []change{
		{"review.go", "if len(t.c.Approvals.Given)+1 >= t.c.Approvals.Required {", "if true {"},
		{"releasing.go", "case len(c.Approvals.Given)+1 < c.Approvals.Required:", "case false:"},
	}},
	{"1: a sent-back decision still counts", "rule 1", []change{
		{"approving.go", "	t.record(SentBack, t.c.Decision, entry{\"reason\": b.Reason})\n	t.dismissDecision()", "	t.record(SentBack, t.c.Decision, entry{\"reason\": b.Reason})\n	t.c.Work.Decided = true"},
		{"releasing.go", "case len(c.Approvals.Given)+1 < c.Approvals.Required:", "case false:"},
	}},
	{"2: the limits of the determination are forgotten", "rule 2", []change{{"review.go", "d.Answers[i].Scope = t.c.limited(d.Answers[i])", "d.Answers[i].Scope = d.Answers[i].Scope"}}},
	{"2: the end of the range is forgotten", "rule 2", []change{{"granting.go", "Until: c.lastInstant(target)}", "Until: c.ReceivedAt.AddDate(1, 0, 0)}"}}},
	{"2: what was refused is looked up", "rule 2", []change{
		{"deciding.go", `if a.Data != "" && c.effective(a) == Permit {`, `if a.Data != "" {`}, {"granting.go", " && c.effective(a) == Permit {", " {"},
	}},
	{"3: content goes abroad", "rule 3", []change{{"review.go", "return c.Request.Instrument.Is(AgreementOrder) && c.Request.Instrument.UnderAgreement && c.Work.Agreement", "return true"}}},
	{"3: a foreign court's denial goes on to disclosure", "rule 3", []change{
		{"contesting.go", "case a.Answer == Object && a.Data.IsContent() && t.c.Request.Authority.IsForeign():", "case false:"},
		{"releasing.go", "case slices.ContainsFunc(d.Data, Data.IsContent) && c.Request.Authority.IsForeign() && !c.underAgreement():", "case false:"},
	}},
	{"4: the notice period is not waited for", "rule 4", []change{{"notifying.go", "return c.Work.NoticeEnds != nil && !at.Before(*c.Work.NoticeEnds)", "return true"}}},
	{"4: an objection does not hold", "rule 4", []change{
		{"releasing.go", "case c.objectionOpen():\n		return Refuse(Conflict, \"The customer's", "case false:\n		return Refuse(Conflict, \"The customer's"},
	}},
	{"4: a challenge does not hold", "rule 4", []change{{"contesting.go", "return x.Status == ChallengeOpen && x.Kind != SecrecyOnly &&", "return false &&"}}},
	{"4: the enforcing authority's days are not waited for", "rule 4", []change{{"releasing.go", "return c.Work.HoldRefused || c.holding(at)", "return c.Work.HoldRefused"}}},
	{"5: the customer is told while secrecy binds", "rule 5", []change{{"notifying.go", "return !c.Secrecy.Binds(at)\n}\n\n// calmly", "return true\n}\n\n// calmly"}, {"notifying.go", "	if c.Secrecy.Kind.HasForce() && c.Secrecy.LiftedAt == nil {", "	if false {"}}},
	{"5: a notice is not stopped in the last moment", "rule 5", []change{{"results.go", "return c.MayTell(at)", "return true"}}},
	{"5: a letter is shown to the customer whatever binds", "rule 5", []change{{"letter.go", "	if !c.MayTell(at) {", "	if false {"}}},
	{"6: whoever reviewed approves", "rule 6", []change{{"approving.go", "case c.Decision.By == by.Name:", "case false:"}}},
	{"6: whoever added records releases", "rule 6", []change{{"releasing.go", "case slices.Contains(c.Work.AddedBy, by.Name):", "case false:"}}},
	{"6: any role may do anything", "rule 6", []change{{"table.go", "case !p.admits(by):", "case false:"}}},
	{"7: a change without an event", "rule 7", []change{{"disclosing.go", "t.record(Sealed, nil,", "_ = []any{Sealed,"}, {"disclosing.go", `entry{"manifest": r.ManifestSHA256})`, `entry{"manifest": r.ManifestSHA256}}`}, {"results.go", "if len(t.events) == 0 {", "if false {"}}},
	{"7: an event without an actor", "rule 7", []change{{"apply.go", "Actor: Actor{Kind: t.actor.Kind, Name: t.actor.Name}", "Actor: Actor{Kind: t.actor.Kind}"}}},
	{"7: a deadline is moved in silence", "rule 7", []change{{"reconsidering.go", "!was || !old.Due.Equal(now.Due) || old.Date != now.Date || !sameShift(old.Shifted, now.Shifted)", "false"}}},
	{"7: the reason of a correction is not kept", "rule 7", []change{{"receipt.go", "	t.replaceRequest(b.Request, Corrected)\n	t.aside(a, b.Reason)", "	t.replaceRequest(b.Request, Corrected)"}}},
	{"7: a remark is not kept", "rule 7", []change{{"table.go", "		t.aside(a, r.remark())", "		_ = r"}}},
	{"7: the reason of a review is not kept", "rule 7", []change{{"review.go", "			out[i].Reason = b.Reason", "			_, _ = i, b"}, {"review.go", "		t.aside(a, b.Reason) // a reason", "		_ = a // a reason"}}},
	{"8: a repeated result is taken twice", "rule 8", []change{{"results.go", "t.c.Work.Pending = slices.Delete(t.c.Work.Pending, i, i+1)", "t.c.Work.Pending = slices.Clone(t.c.Work.Pending)"}}},
	{"8: a parcel is delivered twice", "rule 8", []change{{"releasing.go", "	t.order(Effect{Kind: DoDeliver, Disclosure: t.c.Disclosures[i].N})\n	return nil\n}\n\nfunc (t *turn) delivered", "	t.order(Effect{Kind: DoDeliver, Disclosure: t.c.Disclosures[i].N})\n	t.order(Effect{Kind: DoDeliver, Disclosure: t.c.Disclosures[i].N})\n	return nil\n}\n\nfunc (t *turn) delivered"}, {"results.go", "return i >= 0 && c.Disclosures[i].Status == ParcelReleased", "return i >= 0"}}},
	{"8: a letter is filed twice", "rule 8", []change{{"letter.go", "		out = append(out, l)", "		t.c.Letters = append(t.c.Letters, l); out = append(out, l)"}}},
	{"7: a letter goes out without an event", "rule 7", []change{{"letter.go", "	for _, l := range list {", "	for _, l := range list[:0] {"}}},
	{"9: what is held is deleted with its preservation", "rule 9", []change{
		{"snapshot.go", "return !c.isPreserving() && !c.Held && !c.filling()", "return true"}, {"snapshot.go", "len(c.Work.Kept) > 0 && !c.Held && ", "len(c.Work.Kept) > 0 && "},
	}},
	{"9: what is preserved is deleted at once", "rule 9", []change{
		{"snapshot.go", "return !c.isPreserving() && !c.Held && !c.filling()", "return true"}, {"snapshot.go", "case !c.isPreserving() && len(c.Work.Kept) > 0", "case len(c.Work.Kept) > 0"},
	}},
	{"9: a held case is purged", "rule 9", []change{{"purging.go", "case c.Held:", "case false:"}}},
	{"9: a case is purged whose records are preserved", "rule 9", []change{{"purging.go", "case c.Preservation != nil && c.Preservation.Status == PreservationRunning:", "case false:"}, {"purging.go", "case waits || len(c.Work.Pending) > 0:", "case waits && false:"}}},
	{"9: a case is purged that still owes a notice", "rule 9", []change{{"purging.go", "case waits || len(c.Work.Pending) > 0:", "case waits && false:"}}},
	{"9: a preservation ends early", "rule 9", []change{{"referring.go", "Due: until.AddDays(1).Start(time.UTC).Add(12 * time.Hour)", "Due: until.AddDays(-3).Start(time.UTC)"}}},
	{"10: a pause shortens a deadline", "rule 10", []change{{"pausing.go", "d.Due = d.Due.Add(to.Sub(from))", "d.Due = d.Due.Add(-to.Sub(from))"}}},
	{"10: a deadline passes in silence", "rule 10", []change{{"alarming.go", "case !t.at.Before(d.Due) && d.State != Breached:", "case false:"}}},
	{"10: an alarm that waits is forgotten", "rule 10", []change{{"clocking.go", "		out = append(out, r.After)", "		_ = r.After"}}},
	{"10: an alarm is mailed without an event", "rule 7", []change{{"alarming.go", "			t.bySystem(Reminded,", "			_, _, _ = Reminded, 0, 0; func(...any) {}(Reminded,"}}},
	{"10: an extension is lost by a new evaluation", "rule 10", []change{{"clocking.go", "t.putDeadline(d.moved(t.c.Work.Moves))", "t.putDeadline(d)"}}},
	{"10: a hearing passes in silence", "rule 10", []change{{"clocking.go", "	t.watchHearings()\n", ""}, {"clocking.go", "		out = append(out, h.at)", "		_ = h.at"}}},
	{"10: a wait has no alarm", "rule 10", []change{{"clocking.go", "		if d.Status == ParcelDelivered {\n			out", "		if false {\n			out"}}},
}

func TestEachRuleBrokenIsFound(t *testing.T) {
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	for _, m := range mutants {
		t.Run(m.name, func(t *testing.T) {
			out, err := walks(t, root, m)
			require.Error(t, err, "the walks did not find it")
			require.Contains(t, out, m.says, "found, but not as what it is")
		})
	}
}

// TestEachMutantFindsItsLine takes a moment, so that a line that has moved is told by make check, not by CI.
func TestEachMutantFindsItsLine(t *testing.T) {
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	for _, m := range mutants {
		t.Run(m.name, func(t *testing.T) { overlay(t, root, m) })
	}
}

// walks runs the random walks over casework with the mutant's files laid over it.
func walks(t *testing.T, root string, m mutant) (string, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "overlay.json")
	text, err := json.Marshal(map[string]any{"Replace": overlay(t, root, m)})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, text, 0o600))
	run := exec.CommandContext(t.Context(), "go", "test", "-overlay", file, "-run", "TestTheTenRules", "-count=1", "./casework")
	run.Dir = root
	out, err := run.CombinedOutput()
	return string(out), err
}

// overlay writes the mutant's files and says which stands for which.
func overlay(t *testing.T, root string, m mutant) map[string]string {
	t.Helper()
	replace := map[string]string{}
	for _, c := range m.changes {
		original := filepath.Join(root, "casework", c.file)
		text, err := os.ReadFile(cmp.Or(replace[original], original))
		require.NoError(t, err)
		require.Equal(t, 1, strings.Count(string(text), c.from), "%s must stand once in %s", c.from, c.file)
		laid := filepath.Join(t.TempDir(), c.file)
		require.NoError(t, os.WriteFile(laid, []byte(strings.Replace(string(text), c.from, c.to, 1)), 0o600))
		replace[original] = laid
	}
	return replace
}

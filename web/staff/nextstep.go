package staff

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// step is what a case waits for, said in a sentence to one of our own people.
type step struct {
	Says  string
	Blind bool // nobody may do it: somebody must see to that first
}

// stamper writes an instant as its reader sees it.
type stamper func(time.Time) string

// waiting is what the sentence is made of.
type waiting struct {
	casework.Case

	staff  []casework.Actor
	reader string
	now    time.Time
	stamp  stamper
}

// next says who must act next, and what they must do.
func (a waiting) next() step {
	switch a.WaitingOn {
	case casework.OnLegalOps:
		return step{Says: "Legal operations must " + a.deskWork() + "."}
	case casework.OnReviewer:
		return a.reviewers()
	case casework.OnApprover:
		return a.must(casework.Approve, "approve what "+a.Decision.By+" decided", a.noApprover())
	case casework.OnAuthority:
		return step{Says: a.authority()}
	case casework.OnCustomer:
		return step{Says: a.customer()}
	case casework.OnCourt:
		return step{Says: "The court must rule on our challenge. Then a reviewer records the ruling."}
	case casework.OnCentralAuthority:
		return step{Says: "The authority must go through the treaty route. What comes of it, a reviewer records."}
	case casework.OnSystem:
		return step{Says: "Nobody for now: " + a.machinery() + "."}
	}
	return step{Says: a.closed()}
}

// deskWork is what legal operations has to do.
func (a waiting) deskWork() string {
	switch {
	case a.Stage == casework.InDisclosure:
		return "send a new link: the last one ended unread"
	case a.Stage == casework.InCustomerNotice:
		return "find a new address of the customer: the notice came back"
	case a.Determination != nil && a.Determination.HasDefect():
		return "ask the authority about what is wrong with the request, or correct our transcription"
	}
	return "verify that the request is from whom it says it is"
}

// reviewers is what a reviewer has to do.
func (a waiting) reviewers() step {
	switch {
	case slices.ContainsFunc(a.Objections, func(o casework.Objection) bool { return o.Status == casework.ObjectionOpen }):
		return a.must(casework.ResolveObjection, "weigh the customer's objection", "No reviewer may see this case.")
	case a.Stage == casework.InDisclosure:
		return a.must(casework.Release, "release the parcel", a.noRelease())
	case a.Stage == casework.InChallenge:
		return a.must(casework.FileChallenge, "file the challenge that was decided", "No reviewer may see this case.")
	}
	return a.must(casework.Review, "review the determination and decide", "No reviewer may see this case. "+a.wayOut())
}

// must names who may do it; where nobody may, it says so and why.
func (a waiting) must(action casework.Action, what, nobody string) step {
	names := []string{}
	for _, u := range a.staff {
		if a.May(action, u, a.now) == nil {
			names = append(names, u.Name)
		}
	}
	if len(names) == 0 {
		return step{Says: nobody, Blind: true}
	}
	return step{Says: capital(a.oneOf(names)) + " must " + what + "."}
}

// oneOf is a list of names in which the reader comes first and whose case it is next.
func (a waiting) oneOf(names []string) string {
	const few = 2
	rank := func(name string) int { return slices.Index([]string{a.Assignee, a.reader}, name) }
	slices.SortStableFunc(names, func(x, y string) int { return rank(y) - rank(x) })
	if len(names) > few {
		names = append(names[:1], "another reviewer")
	}
	for i, name := range names {
		if name == a.reader {
			names[i] = "you"
		}
	}
	return strings.Join(names, " or ")
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// noApprover says that nobody may approve, and what would help.
func (a waiting) noApprover() string {
	return "Nobody is eligible to approve: " + a.Decision.By + " reviewed, and no other reviewer may see this case. " + a.wayOut()
}

func (a waiting) wayOut() string {
	if a.Restricted {
		return "A manager or a reviewer inside the wall must let one in."
	}
	return "An administrator must give somebody the role."
}

// noRelease says why the parcel cannot be released.
func (a waiting) noRelease() string {
	why := "no reviewer may see this case"
	for _, u := range a.staff {
		if err := a.May(casework.Release, u, a.now); casework.CodeOf(err) == casework.Conflict {
			return "The parcel waits: " + err.Error()
		} else if casework.CodeOf(err) == casework.Forbidden && u.Has(casework.Reviewer) {
			why = "every reviewer has added records to it, and whoever added records does not release them"
		}
	}
	return "Nobody is eligible to release the parcel: " + why + ". " + a.wayOut()
}

// authority is what the authority has to do.
func (a waiting) authority() string {
	switch {
	case a.Work.Clarification != nil:
		return "The authority must answer what we asked on " + a.stamp(a.Work.Clarification.AskedAt) + "."
	case a.Stage == casework.InChallenge:
		return "The authority must answer our objection. Then a reviewer records what it said."
	}
	for _, d := range a.Disclosures {
		if d.Status == casework.ParcelDelivered && d.ExpiresAt != nil {
			return fmt.Sprintf("The officer must take parcel %d. The link ends %s.", d.N, a.stamp(*d.ExpiresAt))
		}
	}
	return "The authority must act."
}

func (a waiting) customer() string {
	if a.Work.NoticeEnds == nil {
		return "The customer may object. Nobody of us has anything to do until then."
	}
	return "The customer may object until " + a.stamp(*a.Work.NoticeEnds) + "; without an objection the case goes on by itself."
}

// doing is what the machinery does, as people read it.
var doing = map[casework.EffectKind]string{
	casework.DoEvaluate: "the policy is being asked", casework.DoResolve: "the accounts are being looked up", casework.DoMail: "a message is being sent",
	casework.DoCollect: "the records are being looked up", casework.DoSeal: "the parcel is being sealed", casework.DoDeliver: "the link to the parcel is being sent",
	casework.DoPreserve: "the records are being kept", casework.DoForget: "what was kept is being deleted",
}

func (a waiting) machinery() string {
	for _, e := range a.Work.Pending {
		if said, ok := doing[e.Kind]; ok {
			return said
		}
	}
	return "the case goes on by itself"
}

// closed is what a closed case still waits for.
func (a waiting) closed() string {
	says := "Nobody: the case is closed"
	if a.Resolution != nil {
		says += " as " + ui.Words(*a.Resolution)
	}
	if a.Preservation != nil && a.Preservation.Status == casework.PreservationRunning {
		says += "; what is preserved is still kept"
	}
	if a.Work.Purged {
		says += ", and was purged"
	}
	if a.Held {
		says += "; a hold keeps it from being purged"
	}
	return says + "."
}

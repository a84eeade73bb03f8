package writing

import (
	"time"

	"dueprocess/casework"
	"dueprocess/letters"
)

func (p paper) acknowledgement() (letters.Letter, error) {
	f := letters.AcknowledgementFacts{Head: p.head(), RespondBy: p.due(casework.DueRespond)}
	for _, d := range p.Request.Documents {
		if d.SHA256 != "" {
			f.Documents = append(f.Documents, letters.ServedDocument{Name: nameOf(d), SHA256: d.SHA256})
		}
	}
	return letters.WriteAcknowledgement(f)
}

func nameOf(d casework.Document) string {
	if d.Name == "" {
		return "without a name"
	}
	return d.Name
}

func (p paper) clarification() (letters.Letter, error) {
	f := letters.ClarificationFacts{Head: p.head(), Preserved: p.isKept()}
	if q := p.Work.Clarification; q != nil {
		f.Items, f.ClosesOn = q.Items, casework.DateOf(q.AskedAt.AddDate(0, 0, p.Work.Terms.ClarifyCloses), time.UTC)
		return letters.WriteClarification(f)
	}
	for _, x := range p.Determination.Findings {
		f.Items = append(f.Items, casework.Fault{Path: x.Path, Message: x.Sentence})
	}
	return letters.WriteClarification(f)
}

func (p paper) answer() (letters.Letter, error) {
	f := letters.AnswerFacts{Head: p.head(), PreservedUntil: p.keptUntil()}
	if p.Decision == nil {
		return letters.Letter{}, casework.Refuse(casework.Conflict, "Nothing is decided that could be answered.")
	}
	for _, a := range p.Decision.Answers {
		part := letters.AnsweredPart{Data: a.Data, Action: a.Action, Answer: a.Answer, Reasons: p.explained(a)}
		if a.Scope != nil && a.Data == casework.Subscriber && a.Answer == casework.Permit {
			part.Fields = a.Scope.Fields
		}
		f.Parts = append(f.Parts, part)
	}
	return letters.WriteAnswer(f)
}

func (p paper) referral() (letters.Letter, error) {
	f := letters.ReferralFacts{Head: p.head(), Way: p.Way(p.Request.Authority.Country), Kept: p.kept(), KeptUntil: p.keptUntil(), ExtendBy: extension}
	f.Way.Country = p.country()
	if p.isKept() {
		f.KeptFrom = p.Preservation.From
	}
	f.Data, f.Actions = p.Request.Demand.Data, p.Request.Demand.Answered()
	if p.Decision != nil {
		f.Data, f.Actions, f.Reasons = p.referred()
	}
	if len(f.Data)+len(f.Actions) == 0 {
		f.Data, f.Actions = p.Request.Demand.Data, p.Request.Demand.Actions
	}
	return letters.WriteReferral(f)
}

// extension is by how many days a preservation for mutual legal assistance is made longer.
const extension = 90

// referred is what the decision refers, and why, each reason once.
func (p paper) referred() (data []casework.Data, actions []casework.DemandedAction, reasons []casework.Reason) {
	seen := map[string]bool{}
	for _, a := range p.Decision.Answers {
		switch {
		case a.Answer != casework.Refer:
			continue
		case a.Data != "":
			data = append(data, a.Data)
		default:
			actions = append(actions, a.Action)
		}
		determined, why := p.reasons(a)
		for _, r := range why {
			if determined == casework.Refer && !seen[r.Rule+r.Sentence] {
				seen[r.Rule+r.Sentence] = true
				reasons = append(reasons, r)
			}
		}
	}
	return data, actions, reasons
}

func (p paper) preservation() (letters.Letter, error) {
	if !p.isKept() {
		return letters.Letter{}, casework.Refuse(casework.Conflict, "Nothing is being preserved.")
	}
	return letters.WritePreservation(letters.PreservationFacts{
		Head: p.head(), Kept: p.described(), From: p.Preservation.From, Until: p.Preservation.Until, Route: p.Stage == casework.InMLATReferral,
	})
}

// described are the stored categories that are asked; a request that names none describes records all the same.
func (p paper) described() []casework.Data {
	if kept := p.Preservable(); len(kept) > 0 {
		return kept
	}
	return []casework.Data{casework.Subscriber}
}

func (p paper) preservationEnd() (letters.Letter, error) {
	if p.Preservation == nil {
		return letters.Letter{}, casework.Refuse(casework.Conflict, "Nothing was preserved.")
	}
	return letters.WritePreservationEnd(letters.PreservationEndFacts{
		Head: p.head(), Kept: p.Preservable(), EndedOn: p.today(), Ran: p.Preservation.Until != "" && p.Preservation.Until.Before(p.today()), Held: p.Held,
	})
}

func (p paper) delivery() (letters.Letter, error) {
	for _, d := range p.Disclosures {
		if d.N == p.effect.Disclosure && d.ManifestSHA256 != "" {
			return letters.WriteDelivery(letters.DeliveryFacts{
				Head: p.head(), Parcel: d.N, Data: d.Data, Files: d.Files, Rows: d.Rows, ManifestSHA256: d.ManifestSHA256, ToOfficer: d.SealedToOwnKey,
				Until: casework.DateOf(p.at.AddDate(0, 0, p.Work.Terms.DeliveryDays), time.UTC), KeysURL: p.KeysURL,
			})
		}
	}
	return letters.Letter{}, casework.Refuse(casework.Conflict, "There is no sealed package of that number.")
}

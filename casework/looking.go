package casework

import "slices"

// Call is something that people of staff ask of the product beside an action on a case.
type Call string

// The calls.
const (
	SubmitRequest Call = "submit_request" // a request becomes a case
	TryPolicy     Call = "try_policy"     // a dry run
	ReadCases     Call = "read_cases"     // cases, events, documents, contact book, ledger
	TakeParcels   Call = "take_parcels"   // sealed parcels
	EditBook      Call = "edit_book"      // the contact book
	ReadFigures   Call = "read_figures"   // SLA figures, stuck work
	ResumeWork    Call = "resume_work"    // what is stuck is tried again
	ReadPolicy    Call = "read_policy"    // rules, jurisdictions, reports
	EditSettings  Call = "edit_settings"  // webhooks
	ReadPeople    Call = "read_people"    // who has which role
	KeepViews     Call = "keep_views"     // one's own saved views of the queue
	ShareViews    Call = "share_views"    // with everybody who sees the queue
)

// callers is the other half of the one table of permissions: who may call what (interfaces.md, "Roles").
var callers = map[Call][]Role{
	SubmitRequest: {LegalOps},
	TryPolicy:     {LegalOps, Reviewer},
	ReadCases:     {LegalOps, Reviewer, Manager, Auditor},
	TakeParcels:   {LegalOps, Reviewer},
	EditBook:      {LegalOps},
	ReadFigures:   {LegalOps, Reviewer, Manager, Admin, Auditor},
	ResumeWork:    {Manager, Admin},
	ReadPolicy:    Roles,
	EditSettings:  {Admin},
	ReadPeople:    {Admin, Auditor},
	KeepViews:     {LegalOps, Reviewer, Manager, Auditor},
	ShareViews:    {LegalOps, Reviewer, Manager}, // an auditor changes nothing that others work with
}

// MayCall refuses a call that is not for the actor's role.
func MayCall(call Call, by Actor) error {
	roles := callers[call]
	if by.Kind == Person && slices.ContainsFunc(by.Roles, func(r Role) bool { return slices.Contains(roles, r) }) {
		return nil
	}
	return Refuse(Forbidden, "Your role may not do this: it is for %s.", join(list(roles)))
}

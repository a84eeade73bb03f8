package casework

// PauseBody says why the clock stands still.
type PauseBody struct {
	Remark
	Reason PauseReason `json:"reason"`
}

func (b PauseBody) check(f *faults) { oneOf(f, "reason", b.Reason, PauseReasons) }

// ExtendBody moves a deadline to a later day.
type ExtendBody struct {
	Remark
	Kind   DeadlineKind `json:"kind"`
	Until  Date         `json:"until"`
	Reason string       `json:"reason"`
}

func (b ExtendBody) check(f *faults) {
	oneOf(f, "kind", b.Kind, DeadlineKinds)
	needDate(f, "until", b.Until)
	needText(f, "reason", b.Reason)
}

// SecrecyBody sets a duty of secrecy.
type SecrecyBody struct {
	Remark
	Kind  SecrecyKind `json:"kind"`
	Basis string      `json:"basis"`
	Until Date        `json:"until"`
}

func (b SecrecyBody) check(f *faults) {
	oneOf(f, "kind", b.Kind, SecrecyKinds)
	f.date("until", b.Until)
	if b.Kind.HasForce() {
		needText(f, "basis", b.Basis)
	}
}

// PreservationBody extends a preservation; UntilProduced for an EPOC-PR's confirmation (Annex V).
type PreservationBody struct {
	Remark
	Reason        string `json:"reason"`
	UntilProduced bool   `json:"until_produced,omitempty"`
}

func (b PreservationBody) check(f *faults) { needText(f, "reason", b.Reason) }

// RestrictBody names who stays inside the case's wall.
type RestrictBody struct {
	Remark
	Members []string `json:"members"`
	Reason  string   `json:"reason"`
}

func (b RestrictBody) check(f *faults) {
	needText(f, "reason", b.Reason)
	if len(b.Members) == 0 {
		f.add("members", "must name at least one person")
	}
}

// AssignBody gives a case to somebody.
type AssignBody struct {
	Remark
	To string `json:"to"`
}

// CommentBody is an internal note.
type CommentBody struct {
	Text string `json:"text"`
	Remark
}

func (b CommentBody) check(f *faults) { needText(f, "text", b.Text) }

// LinkBody relates this case to another.
type LinkBody struct {
	Remark
	Case     string   `json:"case"`
	Relation Relation `json:"relation"`
}

func (b LinkBody) check(f *faults) {
	needText(f, "case", b.Case)
	oneOf(f, "relation", b.Relation, Relations)
}

// CloseBody closes a case by a reviewer's hand.
type CloseBody struct {
	Remark
	Resolution Resolution `json:"resolution"`
	Reason     string     `json:"reason"`
}

func (b CloseBody) check(f *faults) {
	oneOf(f, "resolution", b.Resolution, []Resolution{ResolvedRefused, ResolvedDuplicate, ResolvedNoData, ResolvedNotAuthentic})
	needText(f, "reason", b.Reason)
}

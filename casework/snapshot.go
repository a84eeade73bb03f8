package casework

import (
	"slices"
	"time"
)

// Kept is one category of one account as it was when it was preserved: a copy in the vault, from which a disclosure is
// drawn whatever has become of the records since (18 USC 2703(f); Regulation (EU) 2023/1543 Art. 10(1), 11).
type Kept struct {
	Query  Query     `json:"query"`
	Ref    string    `json:"ref"`
	Rows   int       `json:"rows"`
	SHA256 string    `json:"sha256"`
	At     time.Time `json:"at"`
}

// KeptFolder is the folder of the vault in which the case's preserved records lie.
func (c Case) KeptFolder() string { return "cases/" + c.ID + "/preserved" }

// ToKeep lists what a preservation covers and no copy holds yet: each stored category that is asked, of every account
// that a target names, in its range, and nothing that came after the request (2703(f) is not prospective).
func (c Case) ToKeep() []Query {
	out := []Query{}
	for _, account := range c.Accounts {
		if account.Match == MatchNone || account.Target >= len(c.Request.Demand.Targets) {
			continue
		}
		target := c.Request.Demand.Targets[account.Target]
		for _, d := range c.Preservable() {
			q := Query{Account: account.Account, Data: d, From: target.From.From(), Until: c.lastInstant(target)}
			if !slices.ContainsFunc(c.Work.Kept, func(k Kept) bool { return k.Query.covers(q) }) {
				out = append(out, q)
			}
		}
	}
	return out
}

// Preservable are the categories that a preservation covers: those that are asked and stored. Whoever asks to preserve and
// names none has all that is stored preserved: the records and other evidence that we hold (18 USC 2703(f)(1)).
func (c Case) Preservable() []Data {
	asked := c.Request.Demand.Data
	if len(asked) == 0 && c.Work.Terms.Behaviour >= BehaviourLetter {
		return []Data{Subscriber, Traffic, Content}
	}
	return slices.DeleteFunc(slices.Clone(asked), func(d Data) bool { return !d.IsStored() })
}

// covers reports whether a query asks for everything that another does.
func (q Query) covers(x Query) bool {
	return q.about(x) && len(q.Fields) == 0 && !q.From.After(x.From) && !ends(x.Until).After(ends(q.Until))
}

// about reports whether two queries ask for the same category of the same account.
func (q Query) about(x Query) bool { return q.Account == x.Account && q.Data == x.Data }

// ends is the instant that a range ends with; an open end is later than any other.
func ends(until time.Time) time.Time {
	if until.IsZero() {
		return time.Unix(1<<40, 0)
	}
	return until
}

// Part is a part of a query, and the copy from which it is answered; nil: from the source, as it is now. In a query of
// several parts, what has no date comes from the copy alone.
type Part struct {
	Query   Query
	From    *Kept
	Undated bool // rows without a date belong to this part
}

// Parts divides a query between the oldest copy that holds something of it and the source, in the order of time.
func (q Query) Parts(kept []Kept) []Part {
	var oldest *Kept
	for _, k := range kept {
		if k.Query.about(q) && k.overlaps(q) && (oldest == nil || k.At.Before(oldest.At)) {
			oldest = &k
		}
	}
	if oldest == nil {
		return []Part{{Query: q, Undated: true}}
	}
	before, within, beyond := q, q, q
	before.Until, beyond.From = oldest.Query.From, oldest.Query.Until
	within.From, within.Until = latest(q.From, oldest.Query.From), earliest(q.Until, oldest.Query.Until)
	parts := []Part{}
	if q.From.Before(oldest.Query.From) {
		parts = append(parts, Part{Query: before})
	}
	parts = append(parts, Part{Query: within, From: oldest, Undated: true})
	if !oldest.Query.Until.IsZero() && ends(q.Until).After(oldest.Query.Until) {
		parts = append(parts, Part{Query: beyond})
	}
	return parts
}

func (k Kept) overlaps(q Query) bool {
	return k.Query.From.Before(ends(q.Until)) && q.From.Before(ends(k.Query.Until))
}

func (c Case) isPreserving() bool {
	return c.Preservation != nil && c.Preservation.Status == PreservationRunning
}

func (c Case) ordered(kind EffectKind) bool {
	return slices.ContainsFunc(c.Work.Pending, func(e Effect) bool { return e.Kind == kind })
}

// keepRecords has copied what a running preservation covers, and has deleted what an ended one kept; a hold beats that.
func (t *turn) keepRecords() {
	switch c := t.c; {
	case c.Work.Terms.Behaviour < BehaviourSnapshots || c.Work.Purged:
	case c.isPreserving() && c.Work.ResolvedOnce && len(c.ToKeep()) > 0 && !c.ordered(DoPreserve):
		t.order(Effect{Kind: DoPreserve})
	case !c.isPreserving() && len(c.Work.Kept) > 0 && !c.Held && !c.filling() && !c.ordered(DoForget):
		t.order(Effect{Kind: DoForget})
	}
}

// filling reports whether a parcel is still being made, which may draw from what was preserved.
func (c Case) filling() bool {
	return slices.ContainsFunc(c.Disclosures, func(d Disclosure) bool { return d.Status == ParcelCollecting })
}

// mayForget: nothing is deleted while a preservation runs or a hold stands (rule 9).
func (c Case) mayForget() bool { return !c.isPreserving() && !c.Held && !c.filling() }

// keptNow takes in what was copied.
func (t *turn) keptNow(s Snapshot) {
	t.c.Work.Kept = append(t.c.Work.Kept, s.Kept...)
	rows := 0
	for _, k := range s.Kept {
		rows += k.Rows
	}
	t.record(Collected, nil, entry{"for": "preservation", "rows": itoa(rows), "files": itoa(len(s.Kept))})
}

// forgotten: what was kept is gone from the vault.
func (t *turn) forgotten() {
	t.record(PreservationEnded, nil, entry{"reason": "what was kept has been deleted", "files": itoa(len(t.c.Work.Kept))})
	t.c.Work.Kept = nil
}

// produced ends a preservation that was to last until production (Regulation (EU) 2023/1543 Art. 10(1)).
func (t *turn) produced(r Resolution) {
	until := r == ResolvedDisclosed || r == ResolvedDisclosedInPart || r == ResolvedWithdrawn
	if t.c.Work.Terms.Behaviour >= BehaviourSnapshots && until && t.c.isPreserving() && t.c.Preservation.Until == "" {
		t.stopPreserving("until production, which is over")
	}
}

// remindsAt is when the authority is told that a preservation is about to end; false where it has no end.
func (c Case) remindsAt() (time.Time, bool) {
	d, ok := c.deadline(PreserveUntil)
	if c.Work.Terms.Behaviour < BehaviourSnapshots || !ok || !c.isPreserving() || c.Preservation.Until == "" {
		return time.Time{}, false
	}
	return d.Due.AddDate(0, 0, -c.Work.Terms.AskBeforeEnd), true
}

// remindOfEnd tells the authority in time that what is kept will go, once for each end.
func (t *turn) remindOfEnd() {
	at, ok := t.c.remindsAt()
	if !ok || t.at.Before(at) || t.c.Work.KeepingReminded == t.c.Preservation.Until {
		return
	}
	t.c.Work.KeepingReminded = t.c.Preservation.Until
	t.record(Reminded, nil, entry{"of": "preservation", "until": string(t.c.Preservation.Until)})
	if t.c.Work.VerifiedAt != nil {
		t.order(Effect{Kind: DoMail, Mail: MailPreservationEnding})
	}
}

// Dates reports whether a row may be of the part as far as it has a date or needs none.
func (p Part) Dates(row Row) bool { return p.Undated || !row.At.IsZero() }

// Holds reports whether a row of a copy belongs to the part.
func (p Part) Holds(row Row) bool {
	fields := p.Query.Fields
	switch {
	case len(fields) > 0 && !slices.Contains(fields, row.Field):
		return false
	case row.At.IsZero():
		return p.Undated
	}
	return !row.At.Before(p.Query.From) && row.At.Before(ends(p.Query.Until))
}

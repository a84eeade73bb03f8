package casework

import "time"

// Purge erases a case whose time of retention has run out: its personal data goes, its ledger entries stay and verify.
type Purge struct {
	At time.Time `json:"at"`
}

func (p Purge) when() time.Time { return p.At }
func (p Purge) who() Actor      { return TheSystem }

// apply refuses what rule 9 forbids: a hold beats retention, a preserved record is not purged, and neither is a case
// that still waits for something.
func (p Purge) apply(t *turn) error {
	if t.c.Work.Purged {
		return nil
	}
	if err := t.c.mayPurge(t.at); err != nil {
		return err
	}
	t.c.Work.Purged = true
	t.record(Purged, nil, entry{"reason": "retention"})
	return nil
}

func (c Case) mayPurge(at time.Time) error {
	switch _, waits := c.Wakes(at); {
	case c.Held:
		return Refuse(Conflict, "The case is held: it is not purged before the hold is lifted.")
	case c.Preservation != nil && c.Preservation.Status == PreservationRunning:
		return Refuse(Conflict, "Records are preserved for the case: it is not purged before the preservation ends.")
	case c.Stage != InClosed:
		return Refuse(Conflict, "The case is open: only a closed case is purged.")
	case waits || len(c.Work.Pending) > 0:
		return Refuse(Conflict, "The case still waits for something: it is not purged before.")
	}
	return nil
}

// Places are the references under which the vault keeps what belongs to the case alone: single ones, and the folder of
// its parcels.
func (c Case) Places() (single []string, folder string) {
	for _, list := range [][]Document{c.Documents, c.Request.Documents} {
		for _, d := range list {
			if d.Ref != "" {
				single = append(single, d.Ref)
			}
		}
	}
	for _, a := range c.Work.Added {
		single = append(single, a.File.Ref)
	}
	return single, "cases/" + c.ID
}

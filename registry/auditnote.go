package registry

import (
	"context"
	"fmt"

	"dueprocess/ledger"
	"dueprocess/registry/queries"
)

// signed is what the kept checkpoints came to.
type signed struct {
	newest int64   // the size of the last that can be used
	spoilt []int64 // the sizes that those which cannot be used are kept for
}

// checkpoints are expected before the events that they speak of.
func (a *auditing) checkpoints(ctx context.Context) error {
	var s signed
	for last := int64(-1); ; {
		rows, err := a.q.Checkpoints(ctx, last)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			break
		}
		for _, row := range rows {
			if err := a.expect(&s, row); err != nil {
				return err
			}
			last = row.Size
		}
	}
	a.unusable(s)
	return a.fromElsewhere()
}

func (a *auditing) expect(s *signed, row queries.Checkpoint) error {
	c, ok := a.read([]byte(row.Note))
	if !ok || c.Size != row.Size {
		s.spoilt = append(s.spoilt, row.Size)
		return nil
	}
	s.newest = c.Size
	return a.auditor.Expect(c)
}

// unusable names the checkpoints that no known key has signed; where that is true of all, in one fault: most often it is
// the key file that is another's.
func (a *auditing) unusable(s signed) {
	if s.newest == 0 && len(s.spoilt) > 1 {
		a.found(-1, "none of the %d checkpoints is one that a known key signed; see whether it is the right key file", len(s.spoilt))
		return
	}
	for _, size := range s.spoilt {
		a.found(size, "the checkpoint kept for %d events is not one of so many that a known key signed", size)
	}
	if s.newest < a.leaves && len(s.spoilt) == 0 {
		a.found(a.leaves, "the tree holds %d events, and no checkpoint signs for more than %d", a.leaves, s.newest)
	}
}

// fromElsewhere: what was signed once and kept outside of the database holds for ever.
func (a *auditing) fromElsewhere() error {
	for i, text := range a.elsewhere {
		c, ok := a.read(text)
		if !ok {
			a.found(-1, "the checkpoint from elsewhere, number %d, is not one that a known key signed", i+1)
			continue
		}
		if err := a.auditor.Expect(c); err != nil {
			return err
		}
	}
	return nil
}

func (a *auditing) found(size int64, why string, args ...any) {
	a.auditor.Found(ledger.Fault{What: ledger.CheckpointDiffers, Index: size, Why: fmt.Sprintf(why, args...)})
}

// read opens a checkpoint; without keys nobody can say who signed it. It is not ok where it is none, or no known key has
// signed it.
func (a *auditing) read(text []byte) (c ledger.Checkpoint, ok bool) {
	var err error
	if a.known == nil {
		c, err = ledger.ReadCheckpoint(text)
	} else {
		c, err = ledger.OpenCheckpoint(text, a.known)
	}
	return c, err == nil
}

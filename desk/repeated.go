package desk

import (
	"context"

	"dueprocess/casework"
)

// dropRepeated removes those of the files just sent that the case does not point to. Whatever comes a second time under
// its key brings its files a second time; the case keeps the first, and no purge would find the others.
func (d *Desk) dropRepeated(ctx context.Context, id string, sent []casework.Document) {
	if len(sent) == 0 {
		return
	}
	ctx = context.WithoutCancel(ctx)
	c, err := d.Store.Load(ctx, id)
	if err != nil {
		return // nobody knows what it points to
	}
	kept := map[string]bool{}
	places, _ := c.Places()
	for _, ref := range places {
		kept[ref] = true
	}
	for _, f := range sent {
		if f.Ref != "" && !kept[f.Ref] {
			_ = d.Vault.Delete(ctx, f.Ref)
		}
	}
}

// filesOf are the files that came with an act.
func filesOf(act casework.Act) []casework.Document {
	switch b := act.Body.(type) {
	case *casework.AttachBody:
		return []casework.Document{b.File}
	case *casework.AddRecordsBody:
		return []casework.Document{b.File}
	}
	return nil
}

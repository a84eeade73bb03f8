package registry

import (
	"context"
	"encoding/json"
	"time"

	"dueprocess/casework"
	"dueprocess/registry/queries"
	"dueprocess/registry/stamp"
)

// settingsChange is one setting, before and after; nil: there is none.
type settingsChange struct {
	setting  string
	old, now any
}

// changeSettings writes the event of a change, in the change's transaction.
func (t tx) changeSettings(ctx context.Context, c settingsChange, by casework.Actor, at time.Time) error {
	old, err := json.Marshal(c.old)
	if err != nil {
		return err
	}
	now, err := json.Marshal(c.now)
	if err != nil {
		return err
	}
	return t.AddSettingsEvent(ctx, queries.AddSettingsEventParams{
		Setting: c.setting, At: stamp.Of(at), ActorKind: string(by.Kind), ActorName: plain(by.Name),
		Verb: string(casework.SettingsChanged), Old: string(old), New: string(now),
	})
}

package wire

import (
	"context"

	"dueprocess/keys"
	"dueprocess/registry"
)

// Filling lends out the registry of a database that is there, to be filled, and the keys that are its own: they are made
// where it holds nothing yet.
func Filling(ctx context.Context, database, keyFile string, do func(*registry.Registry, *keys.Secrets) error) error {
	return Reading(ctx, database, func(r *registry.Registry) error {
		secrets, err := KeysOf(ctx, r, KeyFileOf(database, keyFile))
		if err != nil {
			return err
		}
		return do(r, secrets)
	})
}

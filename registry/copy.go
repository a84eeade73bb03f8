package registry

import (
	"context"

	"dueprocess/casework"
)

// Copy writes a copy of an SQLite database as it is at one instant into a new file, while others go on writing.
func (r *Registry) Copy(ctx context.Context, file string) error {
	if r.dialect != inSQLite {
		return casework.Refuse(casework.Invalid, "A PostgreSQL database is copied by pg_dump.")
	}
	_, err := r.writer.ExecContext(ctx, "VACUUM INTO $1", file)
	return fault(err)
}

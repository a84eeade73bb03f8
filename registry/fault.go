package registry

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"slices"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"

	"dueprocess/casework"
)

// fault makes of a database's error one for people: nothing of the database's own words is in it, they are its cause.
func fault(err error) error {
	var told *casework.Error
	switch {
	case err == nil || errors.As(err, &told):
		return err
	case errors.Is(err, sql.ErrNoRows):
		return casework.Refuse(casework.NotFound, "There is nothing under this name.").Because(err)
	case isDuplicate(err):
		return casework.Refuse(casework.Conflict, "This is kept already, with other contents.").Because(err)
	case isUnwritable(err):
		return casework.Refuse(casework.Invalid, "There is a character in this that cannot be kept: text must be UTF-8 without NUL.").Because(err)
	case isPassing(err):
		return casework.Refuse(casework.Unavailable, "The database does not answer just now. Try again in a moment.").Because(err)
	}
	return casework.Refuse(casework.Internal, "The registry could not do this.").Because(err)
}

func noCase() error { return casework.Refuse(casework.NotFound, "There is no such case.") }

// orNoCase says what was not found. A name that cannot even be written is that of no case.
func orNoCase(err error) error {
	if errors.Is(err, sql.ErrNoRows) || isUnwritable(err) {
		return noCase()
	}
	return fault(err)
}

// isDuplicate: a unique key is taken.
func isDuplicate(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == "23505"
	}
	lite, ok := errors.AsType[*sqlite.Error](err)
	return ok && (lite.Code() == 2067 || lite.Code() == 1555)
}

// isUnwritable: PostgreSQL takes neither NUL nor broken UTF-8 in a text (22021), nor NUL in JSON (22P05). SQLite takes both.
func isUnwritable(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (pg.Code == "22021" || pg.Code == "22P05")
}

// isPassing: the same may succeed later.
func isPassing(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return passingInPostgres(pg.Code)
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		return slices.Contains(passingInSQLite, lite.Code()&0xff)
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	return slices.ContainsFunc(passing, func(p error) bool { return errors.Is(err, p) }) || pgconn.SafeToRetry(err)
}

var passing = []error{
	context.Canceled, context.DeadlineExceeded, driver.ErrBadConn, sql.ErrConnDone, sql.ErrTxDone, io.EOF, io.ErrUnexpectedEOF, net.ErrClosed,
}

// passingInSQLite are the result codes nomem, interrupt, busy, locked, ioerr, full, cantopen.
var passingInSQLite = []int{5, 6, 7, 9, 10, 13, 14}

// passingInPostgres: connection exceptions, insufficient resources, operator intervention, and transactions that another
// one made impossible.
func passingInPostgres(code string) bool {
	if len(code) != 5 {
		return false
	}
	return slices.Contains([]string{"08", "53", "57", "58"}, code[:2]) || code == "40001" || code == "40P01" || code == "55P03"
}

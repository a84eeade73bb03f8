package registry

import (
	"context"
	"errors"
	"maps"
	"net"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"

	"dueprocess/casework"
)

// unmet says why a program and its database do not come together, to whoever runs it: what is wrong, and what to look at.
// Neither the address nor the database's own words are in it, since both may hold what is nobody's business.
func unmet(err error) error {
	var told *casework.Error
	if err == nil || errors.As(err, &told) {
		return err
	}
	if code := sqlState(err); code != "" {
		return unmetInPostgres(code, err)
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		return sayOr(err, unmetInSQLite[lite.Code()&0xff])
	}
	return unanswered(err)
}

// sayOr says a sentence, or what is said of the error anywhere else. What it says does not pass by waiting.
func sayOr(err error, sentence string) error {
	if sentence == "" {
		return fault(err)
	}
	return casework.Refuse(casework.Internal, "%s", sentence).Because(err)
}

func sqlState(err error) string {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code
	}
	return ""
}

func unmetInPostgres(code string, err error) error {
	refused, connecting := errors.AsType[*pgconn.ConnectError](err)
	if connecting && (code == "42704" || code == "22023") {
		names := strings.Join(slices.Sorted(maps.Keys(refused.Config.RuntimeParams)), ", ")
		return casework.Refuse(casework.Invalid, "The database's address has a parameter that the server does not know, or does not take with that value: %s.", names).Because(err)
	}
	return sayOr(err, sayings[code])
}

// sayings are by SQLSTATE.
var sayings = map[string]string{
	"3D000": "There is no database of that name on the server; make it first, or put its name right in the address.",
	"28000": noEntry, "28P01": noEntry,
	"42501": "Permission denied: the role may not do this in the database. It must be let in, and may make tables in the schema.",
	"25006": "The database can only be read: is the server a standby?",
}

const noEntry = "The database's server does not let this role in; look at name and password in the address, and at what the server allows."

// unmetInSQLite are by result code: perm, readonly, corrupt, cantopen, notadb.
var unmetInSQLite = map[int]string{
	3: noAccess, 8: noAccess, 14: noAccess,
	11: "The database's file is damaged.",
	26: "The database's file is no SQLite database.",
}

const noAccess = "Permission denied: the database's file, or its folder, cannot be opened for writing."

// isEnded: the caller went away, or had no more time.
func isEnded(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// unanswered tells a server that is not there from one that does not come to terms.
func unanswered(err error) error {
	if _, ok := errors.AsType[*pgconn.ConnectError](err); !ok || isEnded(err) {
		return fault(err)
	}
	dialled, ok := errors.AsType[*net.OpError](err)
	_, unknown := errors.AsType[*net.DNSError](err)
	if unknown || ok && dialled.Op == "dial" {
		return casework.Refuse(casework.Unavailable, "Nobody answers at the database's address; look at its host and port, and whether the server runs.").Because(err)
	}
	return sayOr(err, "The database's server answers, but no connection came about; look at sslmode in the address, and at the certificates.")
}

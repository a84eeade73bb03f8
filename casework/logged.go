package casework

import (
	"errors"
	"fmt"
)

// Logged is what a log may say of what went wrong inside: its kind and, where a database said no, its code (an SQLSTATE,
// or SQLite's number). Texts of errors are left out: they could carry what somebody wrote.
func Logged(err error) string {
	inner := err
	if cause := errors.Unwrap(err); cause != nil {
		inner = cause
	}
	kind := fmt.Sprintf("%T", inner)
	if coded, ok := errors.AsType[interface {
		error
		SQLState() string
	}](err); ok {
		return kind + " SQLSTATE " + coded.SQLState()
	}
	if numbered, ok := errors.AsType[interface {
		error
		Code() int
	}](err); ok {
		return fmt.Sprintf("%s code %d", kind, numbered.Code())
	}
	return kind
}

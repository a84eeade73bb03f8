package casework

import (
	"errors"
	"fmt"
)

// Code is the stable name of a refusal or failure; interfaces.md maps each to a status.
type Code string

// The codes.
const (
	Invalid         Code = "invalid"
	NotFound        Code = "not_found"
	Conflict        Code = "conflict"
	Forbidden       Code = "forbidden"
	Unauthenticated Code = "unauthenticated"
	TooLarge        Code = "too_large"
	RateLimited     Code = "rate_limited"
	Unavailable     Code = "unavailable"
	Internal        Code = "internal"
)

// Fault is one thing wrong with a body: where (a path such as demand.targets[0].value) and what would be right.
// It never repeats the value found.
type Fault struct {
	Path    string `json:"path"`
	Message string `json:"message"`
}

// Error is a refusal or failure with a sentence for people; its cause stays inside the process.
type Error struct {
	Code    Code    `json:"code"`
	Message string  `json:"message"`
	Faults  []Fault `json:"faults,omitempty"`

	cause error
}

// Error is the sentence for people.
func (e *Error) Error() string { return e.Message }

// Unwrap is the cause, for logs and errors.Is.
func (e *Error) Unwrap() error { return e.cause }

// Because returns e with its cause.
func (e *Error) Because(cause error) *Error { e.cause = cause; return e }

// Refuse makes an Error from a code and a sentence.
func Refuse(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Faulty makes an invalid Error that carries every fault; nil where there is none.
func Faulty(faults []Fault) error {
	if len(faults) == 0 {
		return nil
	}
	return &Error{Code: Invalid, Message: "The request has faults; each is named with its place.", Faults: faults}
}

// CodeOf is the code of err; Internal where err is not an Error.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return Internal
}

package ui

import (
	"embed"
	"errors"
	"log/slog"
	"net/http"

	"dueprocess/casework"
)

//go:embed error.html
var files embed.FS

var errorPage = Parse(files, "error.html")

// Problem is the page of a refusal or a failure.
type Problem struct {
	Frame
	Sentence string
	Faults   []casework.Fault
	Soon     bool // trying again may help
}

var statuses = map[casework.Code]int{
	casework.Invalid: http.StatusBadRequest, casework.NotFound: http.StatusNotFound, casework.Conflict: http.StatusConflict,
	casework.Forbidden: http.StatusForbidden, casework.Unauthenticated: http.StatusUnauthorized,
	casework.TooLarge: http.StatusRequestEntityTooLarge, casework.RateLimited: http.StatusTooManyRequests,
	casework.Unavailable: http.StatusServiceUnavailable, casework.Internal: http.StatusInternalServerError,
}

// StatusOf is the HTTP status of an error.
func StatusOf(err error) int { return statuses[casework.CodeOf(err)] }

var titles = map[casework.Code]string{
	casework.Invalid: "This could not be read", casework.NotFound: "Page not found", casework.Conflict: "This is not possible now",
	casework.Forbidden: "You may not do this", casework.Unauthenticated: "Please sign in", casework.TooLarge: "This is too large",
	casework.RateLimited: "Too much at once", casework.Unavailable: "Not available at the moment", casework.Internal: "Something went wrong",
}

// Sentence is what people are told of an error: nothing of what only we know.
func Sentence(err error) (sentence string, faults []casework.Fault) {
	var e *casework.Error
	if !errors.As(err, &e) || e.Code == casework.Internal {
		return "Something went wrong on our side. It has been noted; nothing was changed by this page.", nil
	}
	return e.Message, e.Faults
}

// Fail answers with the page of an error, and notes what went wrong on our side.
func Fail(w http.ResponseWriter, r *http.Request, frame Frame, err error) {
	code := casework.CodeOf(err)
	Note(r, err)
	frame.Title = titles[code]
	p := Problem{Frame: frame, Soon: code == casework.Unavailable || code == casework.RateLimited}
	p.Sentence, p.Faults = Sentence(err)
	if err := errorPage.Render(w, StatusOf(err), p); err != nil {
		Note(r, err)
		http.Error(w, p.Sentence, http.StatusInternalServerError)
	}
}

// Note writes to the log what went wrong on our side; a refusal is nothing of the kind. The path is left out: that of a
// mailed link is a secret.
func Note(r *http.Request, err error) {
	switch casework.CodeOf(err) {
	case casework.Internal, casework.Unavailable:
		slog.ErrorContext(r.Context(), "a page failed", "method", r.Method, "route", r.Pattern, "code", casework.CodeOf(err), "cause", casework.Logged(err))
	}
}

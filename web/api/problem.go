package api

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"dueprocess/casework"
)

// problem is an error as RFC 9457 has it, with our stable code and every fault.
type problem struct {
	Type   string           `json:"type"`
	Title  string           `json:"title"`
	Status int              `json:"status"`
	Detail string           `json:"detail"`
	Code   casework.Code    `json:"code"`
	Errors []casework.Fault `json:"errors,omitempty"`
}

// statuses map each code to its status, once.
var statuses = map[casework.Code]int{
	casework.Invalid: http.StatusBadRequest, casework.NotFound: http.StatusNotFound, casework.Conflict: http.StatusConflict,
	casework.Forbidden: http.StatusForbidden, casework.Unauthenticated: http.StatusUnauthorized, casework.TooLarge: http.StatusRequestEntityTooLarge,
	casework.RateLimited: http.StatusTooManyRequests, casework.Unavailable: http.StatusServiceUnavailable, casework.Internal: http.StatusInternalServerError,
}

// StatusOf is the HTTP status of an error.
func StatusOf(err error) int { return statuses[casework.CodeOf(err)] }

// fail answers with a problem. What went wrong inside is logged without a word of the body, and not told.
func fail(w http.ResponseWriter, r *http.Request, err error) {
	var refused *casework.Error
	if !errors.As(err, &refused) || refused.Code == casework.Internal {
		slog.Error("a call failed", "method", r.Method, "call", r.Pattern, "cause", casework.Logged(err))
		refused = casework.Refuse(casework.Internal, "Something went wrong on our side. Try again; if it stays, tell your administrator.")
	}
	answerProblem(w, refused)
}

// Refuse answers a call with a refusal, for whoever stands before the API.
func Refuse(w http.ResponseWriter, refused *casework.Error) { answerProblem(w, refused) }

func answerProblem(w http.ResponseWriter, refused *casework.Error) {
	status := statuses[refused.Code]
	if refused.Code == casework.Unauthenticated {
		w.Header().Set("WWW-Authenticate", `Bearer realm="dueprocess"`)
	}
	if refused.Code == casework.Unavailable {
		w.Header().Set("Retry-After", "1")
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(problem{ // the client is gone
		Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: refused.Message, Code: refused.Code, Errors: refused.Faults,
	})
}

func wrongMethod(w http.ResponseWriter, allowed []string) {
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(http.StatusMethodNotAllowed)
	_ = json.NewEncoder(w).Encode(problem{ // the client is gone
		Type: "about:blank", Title: "Method Not Allowed", Status: http.StatusMethodNotAllowed,
		Detail: "This address takes " + strings.Join(allowed, ", ") + ".", Code: casework.Invalid,
	})
}

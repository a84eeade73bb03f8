package workflows

import (
	"errors"

	"go.temporal.io/sdk/temporal"

	"dueprocess/casework"
)

// refusal makes a refusal of casework one that reaches the caller intact and is never retried.
func refusal(err error) error {
	var e *casework.Error
	if !errors.As(err, &e) {
		return err
	}
	return temporal.NewApplicationErrorWithOptions(e.Message, string(e.Code), temporal.ApplicationErrorOptions{NonRetryable: true, Details: []any{casework.Error{Code: e.Code, Message: e.Message, Faults: e.Faults}}})
}

// Refused reads a refusal back from what an update answered; false where it is none of ours.
func Refused(err error) (*casework.Error, bool) {
	var app *temporal.ApplicationError
	if !errors.As(err, &app) || !app.HasDetails() {
		return nil, false
	}
	var e casework.Error
	if app.Details(&e) != nil || e.Code == "" {
		return nil, false //nolint:nilerr // details of another shape: somebody else's refusal
	}
	return &e, true
}

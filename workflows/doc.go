// Package workflows is the shell around the state machine of casework: one durable workflow per case that carries the
// state, sleeps until the next instant that matters, and has the effects carried out. What an act or an instant does is
// decided by Case.Apply alone. Only desk calls it. Workflow code is deterministic: no clock but the workflow's, no I/O
// but activities, and every change of behaviour behind a version (names.go).
package workflows

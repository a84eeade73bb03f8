// Package clocks owns legal time: which zone governs an authority, and how each regime counts days, hours and working
// days. It is pure: the instant or the day from which is counted is an argument, and nothing here reads the clock.
// Alarms follow the unshifted day; the later day that a rule may allow is shown beside it (policy.md, "Deadlines").
// The policy calls it; pauses and extensions are the case's business.
package clocks

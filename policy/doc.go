// Package policy owns the rulebook and the engine that answers a request from it: facts in, Determination out. Rules are
// data (YAML, conditions in CEL) with dates, so that any answer can be computed again as of any day. The package is pure:
// the day, and what the contact book knows, are arguments; no network, database or clock. Every rule in force that names
// the instrument is evaluated and every reason is gathered; no rule, or a rule that cannot be evaluated, is never
// permission. Activities and the desk call it; workflows never do.
package policy

// Package generate makes plausible cases for benchmarks and demos: every instrument of the vocabulary, from the
// authorities of forty countries, lived through the real state machine and answered by the real rulebook. It is pure: a
// case follows from the options and its place in the row, so that the same seed gives the same cases however many
// goroutines ask. It stores nothing; `starter generate` gives what it makes to the registry. Names, addresses and
// numbers are invented, domains are examples (RFC 2606).
package generate

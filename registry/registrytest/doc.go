// Package registrytest holds the registry to its contract: one suite, run against SQLite and against a PostgreSQL server
// that the tests start themselves.
package registrytest

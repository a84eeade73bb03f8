// Package temporalserver runs a whole Temporal server inside this process, for the local mode and for tests.
//
// It owns the server's SQLite file, its version record, its ports on the loopback address and its web pages. It knows
// nothing of cases: workers and clients reach it through Address, as they would a server elsewhere. It has no
// authentication, which is why it never listens beyond 127.0.0.1. Called by the commands of deploy/local and by tests
// that need a real server.
package temporalserver

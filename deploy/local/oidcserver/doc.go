// Package oidcserver is the identity provider of the local mode: whoever reaches it chooses which of the demo's people
// to be, without a password. It is for demonstration, and refuses every address but the loopback one.
//
// It owns its pages and what it remembers of sign-ins that are under way, in memory alone. The protocol is zitadel's.
// Called by the commands of deploy/local.
package oidcserver

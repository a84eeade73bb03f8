// Package testdata holds the scenarios that tests and the demo of the local mode share.
package testdata

import "embed"

// Cases are the scenarios: cases/NAME.json, each a request with what the default rulebook must answer.
//
//go:embed cases/*.json
var Cases embed.FS

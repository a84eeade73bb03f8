// Package wire constructs: it puts the parts of the product together for the programs, from settings that are checked
// all at once. No rule is in it.
package wire

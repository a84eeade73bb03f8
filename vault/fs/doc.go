// Package fs keeps the vault on a file system: one file for each reference, encrypted with age to the vault's identity.
// An object is there whole or not at all; bytes stream through in memory of constant size.
//
// It does not know what the bytes are or who may read them.
package fs

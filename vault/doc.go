// Package vault holds the ways in which documents, collected records and parcels are kept, each in a package of its own
// that implements casework.Vault: fs on a file system.
package vault

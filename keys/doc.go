// Package keys is the key ring: the key file with the house's own secrets, one data key for every case, wrapped by the
// master key, and what is encrypted with them: the registry's state of a case, and everything that the workflow
// server keeps (payloads and failures).
//
// It encrypts and decrypts; where the wrapped data keys are kept is the registry's business, who may see a case is not
// the ring's. A case whose data key is destroyed can be read by nobody again, here or in a backup.
package keys

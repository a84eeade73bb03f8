package parcel

import (
	"crypto/ed25519"
	"errors"
	"io"
	"os"
	"path"

	"filippo.io/age"

	"dueprocess/casework"
)

// Open checks a package as Verify does, its signature apart, and lays its members into dir, which must not exist yet.
// Where there is a fault or an error nothing stays there.
func Open(r io.Reader, dir string, identities ...age.Identity) (Report, error) {
	return OpenSigned(r, dir, nil, identities...)
}

// OpenSigned is Open with the signature checked against the signer's key.
func OpenSigned(r io.Reader, dir string, signer ed25519.PublicKey, identities ...age.Identity) (Report, error) {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return Report{}, casework.Refuse(casework.Conflict, "The folder is there already, or cannot be made.").Because(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return Report{}, errors.Join(err, os.Remove(dir))
	}
	report, err := read(r, identities, signer, func(name string) (io.WriteCloser, error) { return create(root, name) })
	err = errors.Join(err, root.Close())
	if err != nil || !report.Sound() {
		err = errors.Join(err, os.RemoveAll(dir))
	}
	return report, err
}

// create makes a new file inside root, and never outside it whatever the name is.
func create(root *os.Root, name string) (io.WriteCloser, error) {
	if err := root.MkdirAll(path.Dir(name), 0o700); err != nil {
		return nil, err
	}
	return root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

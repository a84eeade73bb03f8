package main

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"filippo.io/age"

	"dueprocess/casework"
	"dueprocess/parcel"
)

// parcelCommands check and open disclosure packages.
type parcelCommands struct {
	Verify verifyCommand `cmd:"" help:"Check a package: its signature, its files, its records."`
	Open   openCommand   `cmd:"" help:"Check a package, and lay its files into a new folder."`
}

// keyring is what a package is opened and checked with.
type keyring struct {
	File     string `arg:"" help:"The package: ID.tar.age or ID.tar." placeholder:"FILE"`
	Identity string `help:"The file with your age key, where the package is encrypted." placeholder:"KEY"`
	Signer   string `help:"The sender's public key (PEM): without it the signature is not checked." placeholder:"PUB.pem"`
}

// verifyCommand checks a package.
type verifyCommand struct{ keyring }

// Run prints what was found.
func (c verifyCommand) Run(s *surroundings) error {
	return c.with(func(from io.Reader, identities []age.Identity, signer ed25519.PublicKey) error {
		report, err := parcel.Verify(from, identities, signer)
		return c.tell(s, report, err, "")
	})
}

// openCommand opens a package.
type openCommand struct {
	keyring

	Into string `help:"The folder to make; left out, the package's name without its ending." placeholder:"FOLDER"`
}

// Run lays the files out and prints what was found.
func (c openCommand) Run(s *surroundings) error {
	into := c.Into
	if into == "" {
		into = strings.TrimSuffix(strings.TrimSuffix(c.File, ".age"), ".tar")
	}
	if _, err := os.Lstat(into); err == nil {
		return usage{fmt.Errorf("%s is there already; name another folder with --into", into)}
	}
	return c.with(func(from io.Reader, identities []age.Identity, signer ed25519.PublicKey) error {
		report, err := unpack(from, into, identities, signer)
		return c.tell(s, report, err, into)
	})
}

func unpack(from io.Reader, into string, identities []age.Identity, signer ed25519.PublicKey) (parcel.Report, error) {
	if signer == nil {
		return parcel.Open(from, into, identities...)
	}
	return parcel.OpenSigned(from, into, signer, identities...)
}

func (c keyring) with(do func(io.Reader, []age.Identity, ed25519.PublicKey) error) error {
	identities, err := c.identities()
	if err != nil {
		return err
	}
	signer, err := c.signer()
	if err != nil {
		return err
	}
	if info, err := os.Stat(c.File); err == nil && info.IsDir() {
		return usage{fmt.Errorf("%s is a folder; name the package itself", c.File)}
	}
	from, err := os.Open(c.File)
	if err != nil {
		return usage{fmt.Errorf("there is no package %s", c.File)}
	}
	return errors.Join(do(from, identities, signer), from.Close())
}

func (c keyring) identities() ([]age.Identity, error) {
	if c.Identity == "" {
		return nil, nil
	}
	text, err := os.ReadFile(c.Identity)
	if err != nil {
		return nil, usage{fmt.Errorf("there is no key file %s", c.Identity)}
	}
	keys, err := age.ParseIdentities(strings.NewReader(string(text)))
	if err != nil {
		return nil, usage{fmt.Errorf("%s is not a file with age keys (AGE-SECRET-KEY-1…, as age-keygen writes it)", c.Identity)}
	}
	return keys, nil
}

func (c keyring) signer() (ed25519.PublicKey, error) {
	if c.Signer == "" {
		return nil, nil
	}
	text, err := os.ReadFile(c.Signer)
	if err != nil {
		return nil, usage{fmt.Errorf("there is no key file %s", c.Signer)}
	}
	key, err := parcel.ParsePublicPEM(text)
	if err != nil {
		return nil, usage{fmt.Errorf("%s is not an Ed25519 public key in PEM", c.Signer)}
	}
	return key, nil
}

// tell prints what was found; a package that is not sound is an error.
func (c keyring) tell(s *surroundings, r parcel.Report, err error, into string) error {
	if err != nil {
		return err
	}
	if s.json {
		err = printValue(s.out, r)
	} else {
		err = c.say(s.out, r, into)
	}
	if err != nil || r.Sound() {
		return err
	}
	faults := make([]casework.Fault, len(r.Faults))
	for i, f := range r.Faults {
		faults[i] = casework.Fault{Path: "-", Message: f}
	}
	return &casework.Error{Code: casework.NotFound, Message: "The package is not what it should be.", Faults: faults}
}

func (c keyring) say(out io.Writer, r parcel.Report, into string) error {
	s := newSheet(out)
	s.line("Case", r.Manifest.CaseID)
	s.line("Files of records", fmt.Sprintf("%d, %d rows", r.Files, r.Rows))
	for _, f := range r.Manifest.Files {
		s.line("  "+f.Path, fmt.Sprintf("%d rows, sha256 %s", f.Rows, f.SHA256))
	}
	s.line("Manifest", "sha256 "+r.ManifestSHA256)
	s.line("Signature", string(r.Signature))
	if into != "" && r.Sound() {
		s.line("Laid into", into)
	}
	switch {
	case r.Sound() && r.Signature == parcel.SignatureNotChecked:
		s.line("The package agrees with itself; whose it is was not checked (--signer).")
	case r.Sound():
		s.line("The package is sound.")
	}
	return s.Flush()
}

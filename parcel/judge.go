package parcel

import (
	"crypto/ed25519"
	"fmt"
	"maps"
	"slices"
	"strings"

	"dueprocess/casework"
)

// judge holds what was read against the sums, the manifest and the signature.
func (v *verifier) judge(signer ed25519.PublicKey) {
	v.judgeFrame()
	v.judgeSums()
	v.judgeManifest()
	v.judgeSignature(signer)
}

// judgeFrame looks for the members that every package has, the manifest and its signature last.
func (v *verifier) judgeFrame() {
	for _, name := range []string{CertificateName, ReadmeName, SumsName, ManifestName, SignatureName} {
		if v.members[name] == nil {
			v.report.fault("%s is missing", name)
		}
	}
	if n := len(v.order); n >= 2 && !slices.Equal(v.order[n-2:], []string{ManifestName, SignatureName}) {
		v.report.fault("%s and %s are not the last members", ManifestName, SignatureName)
	}
}

// judgeSums compares SHA256SUMS with the members that it must name, both ways.
func (v *verifier) judgeSums() {
	sums := v.members[SumsName]
	if sums == nil {
		return
	}
	named, ok := parseSums(string(sums.data))
	if !ok {
		v.report.fault("%s is not in its form", SumsName)
	}
	for _, name := range v.order {
		if isSummed(name) && named[name] != v.members[name].sum {
			v.report.fault("%s: its SHA-256 is not the one in %s", name, SumsName)
		}
		delete(named, name)
	}
	for _, name := range slices.Sorted(maps.Keys(named)) {
		v.report.fault("%s is named in %s and is not in the package", shown(name), SumsName)
	}
}

// parseSums reads lines of the form that sha256sum writes; ok is false where a line has another, or a name comes twice.
func parseSums(text string) (sums map[string]string, ok bool) {
	sums, ok = map[string]string{}, true
	for line := range strings.Lines(text) {
		sum, name, found := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		_, twice := sums[name]
		ok = ok && found && !twice && isSummed(name) && strings.HasSuffix(line, "\n")
		sums[name] = sum
	}
	return sums, ok
}

// judgeManifest reads the manifest strictly and compares it with the files of records, both ways.
func (v *verifier) judgeManifest() {
	m := v.members[ManifestName]
	if m == nil {
		return
	}
	v.report.ManifestSHA256 = m.sum
	for _, f := range casework.Decode(m.data, &v.report.Manifest) {
		v.report.fault("%s: %s %s", ManifestName, f.Path, f.Message)
	}
	windows, faults := windowsOf(v.report.Manifest.Targets)
	for _, f := range faults {
		v.report.fault("%s", f)
	}
	named := map[string]bool{}
	for _, f := range v.report.Manifest.Files {
		v.judgeFile(f, windows, named[f.Path])
		named[f.Path] = true
	}
	for _, name := range v.order {
		if isRecords(name) && !named[name] {
			v.report.fault("%s is in the package and not in %s", name, ManifestName)
		}
	}
}

// judgeFile compares one file with what the manifest says of it.
func (v *verifier) judgeFile(f File, windows []window, again bool) {
	if again {
		v.report.fault("%s stands in %s twice", shown(f.Path), ManifestName)
		return
	}
	if !slices.Contains(v.report.Manifest.Data, f.Data) {
		v.report.fault("%s: its category is not among those of %s", shown(f.Path), ManifestName)
	}
	m := v.members[f.Path]
	if m == nil || !isRecords(f.Path) {
		v.report.fault("%s is named in %s and is not in the package", shown(f.Path), ManifestName)
		return
	}
	v.report.Files++
	if m.sum != f.SHA256 {
		v.report.fault("%s: its SHA-256 is not the one in %s", f.Path, ManifestName)
	}
	v.judgeRows(f, m.rows, windows)
}

// judgeRows compares the rows with the manifest: how many, and when.
func (v *verifier) judgeRows(f File, t *tally, windows []window) {
	if t == nil {
		return
	}
	v.report.Rows += t.rows
	faults := t.faults(windows)
	if t.rows != f.Rows {
		faults = append(faults, fmt.Sprintf("has %d rows, the manifest says %d", t.rows, f.Rows))
	}
	for _, fault := range faults {
		v.report.fault("%s %s", f.Path, fault)
	}
}

// judgeSignature checks the raw Ed25519 signature over the manifest's bytes.
func (v *verifier) judgeSignature(signer ed25519.PublicKey) {
	manifest, signature := v.members[ManifestName], v.members[SignatureName]
	if signature != nil && len(signature.data) != ed25519.SignatureSize {
		v.report.fault("%s is not an Ed25519 signature", SignatureName)
	}
	if signer == nil || manifest == nil || signature == nil {
		return
	}
	v.report.Signature = SignatureValid
	if !ed25519.Verify(signer, manifest.data, signature.data) {
		v.report.Signature = SignatureInvalid
		v.report.fault("%s: the signature over %s is not the signer's", SignatureName, ManifestName)
	}
}

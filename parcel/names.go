package parcel

import (
	"regexp"
	"strconv"
	"strings"
)

// The members of a package beside the files of records, in the order in which they are written after them.
const (
	CertificateName = "certificate.pdf"
	ReadmeName      = "README.txt"
	SumsName        = "SHA256SUMS"
	ManifestName    = "manifest.json"
	SignatureName   = "manifest.sig"
)

// RecordsFolder is where the files of records lie in a package.
const RecordsFolder = "records/"

const longestName = 200

// recordsPath is the form of a path of records: plain segments that no system reads as a command, a device, a hidden
// file or a way up.
var recordsPath = regexp.MustCompile(`^records(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$`)

// allowedName reports whether a package may have a member of that name.
func allowedName(name string) bool {
	if isRecords(name) {
		return len(name) <= longestName && recordsPath.MatchString(name) && !strings.HasSuffix(name, ".")
	}
	return isFrame(name)
}

// isFrame reports whether the name is one of the members that every package has once.
func isFrame(name string) bool {
	switch name {
	case CertificateName, ReadmeName, SumsName, ManifestName, SignatureName:
		return true
	}
	return false
}

func isRecords(name string) bool { return strings.HasPrefix(name, RecordsFolder) }

// isSummed reports whether SHA256SUMS must name it: everything but itself, the manifest and the signature.
func isSummed(name string) bool {
	return isRecords(name) || name == CertificateName || name == ReadmeName
}

// shown is a name as a message may carry it: quoted, and cut where it is long.
func shown(name string) string {
	if len(name) > 60 {
		return strconv.QuoteToASCII(name[:60]) + "…"
	}
	return strconv.QuoteToASCII(name)
}

package letters

import (
	"strconv"

	"dueprocess/casework"
)

// DeliveryFacts is what comes with a package: what it holds, its seal, and until when it can be fetched.
type DeliveryFacts struct {
	Head

	Parcel         int
	Data           []casework.Data
	Files          int
	Rows           int
	ManifestSHA256 string
	ToOfficer      bool // encrypted to the officer's own key
	Until          casework.Date
	KeysURL        string
}

// WriteDelivery says what is in a package and how to check it.
func WriteDelivery(f DeliveryFacts) (Letter, error) {
	n := f.aboutProcess()
	n.need(f.Parcel > 0, "parcel")
	n.need(len(f.Data) > 0, "data")
	n.need(f.ManifestSHA256 != "", "manifest_sha256")
	n.need(f.Until != "", "until")
	if err := n.err(); err != nil {
		return Letter{}, err
	}
	d := begin(casework.LetterDelivery, english, f.Head, "The package that answers your request")
	d.text("A package with what we disclose on the legal process named above is ready. A link to it is in the message that came with this letter; it is for you alone.")
	d.pairs(
		Pair{"Package", strconv.Itoa(f.Parcel)}, Pair{"Holds", series(d.tongue, f.Data)}, Pair{"Files", count(f.Files)}, Pair{"Rows", count(f.Rows)},
		Pair{"Manifest, SHA-256", f.ManifestSHA256}, Pair{"Can be fetched until", d.day(f.Until)},
	)
	d.heading("To open and check it")
	open := "The package is a tar file."
	if f.ToOfficer {
		open = "The package is a tar file encrypted with age to the key that you gave us and that we verified by calling you back."
	}
	check := "The manifest is signed; README.txt in the package says how to check the signature and every file with public programs."
	if f.KeysURL != "" {
		check += " Our public keys: " + f.KeysURL
	}
	d.items(open, check, "A certificate of authenticity is in the package.")
	d.heading("What we ask of you")
	d.text("It holds what was approved for this process, and nothing beyond it. If you find anything that does not belong to it, do not use it and tell us at once. " +
		"Fetching the package confirms its receipt; you may also confirm it in writing, naming our reference.")
	d.close()
	return d.done(), nil
}

// count is a number, or nothing where there is none.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

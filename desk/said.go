package desk

import (
	"net/mail"
	"strings"

	"dueprocess/casework"
)

// checkSaid holds what an act says against what it must say to be of use, before it is sent: a notice goes to an address.
func checkSaid(act casework.Act) error {
	b, ok := act.Body.(*casework.RenotifyBody)
	if !ok {
		return nil
	}
	if a, err := mail.ParseAddress(b.Address); err != nil || a.Address != strings.TrimSpace(b.Address) {
		return casework.Faulty([]casework.Fault{{Path: "address", Message: "must be an e-mail address, such as name@example.net"}})
	}
	return nil
}

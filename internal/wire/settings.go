package wire

import (
	"cmp"
	"maps"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"

	"dueprocess/casework"
)

// Settings are what the programs are told by their environment.
type Settings struct {
	Database string // DUEPROCESS_DATABASE_URL: postgres://… or sqlite:PATH
	KeyFile  string // DUEPROCESS_KEY_FILE
	Vault    string // DUEPROCESS_VAULT: a folder
	SMTP     string // DUEPROCESS_SMTP: host:port
	From     string // DUEPROCESS_MAIL_FROM: the address that letters come from
	URL      string // DUEPROCESS_PUBLIC_URL: where people reach the front desk
	StaffURL string // DUEPROCESS_STAFF_URL: where our own people reach it; empty: the same
	Rulebook string // DUEPROCESS_RULEBOOK: a folder; empty: the default rulebook
	Profile  string // DUEPROCESS_PROFILE: a file laid over the rulebook's profile; empty: none
	Records  string // DUEPROCESS_RECORDS: "demo", the one source there is
	Local    bool   // local mode: the key file is made on first start
	SignIn   SignIn
}

const prefix = "DUEPROCESS_"

// FromEnvironment reads the settings; the error names every fault at once: what is missing, what is malformed, and
// variables that begin with DUEPROCESS_ and are none of ours.
func FromEnvironment(environment []string) (Settings, error) {
	s, faults := Settings{Records: "demo", From: "legal@localhost"}, []casework.Fault{}
	into := s.variables()
	for _, line := range environment {
		name, value, _ := strings.Cut(line, "=")
		short, ours := strings.CutPrefix(name, prefix)
		switch to, known := into[short]; {
		case !ours || slices.Contains(elsewhere, short):
		case !known:
			faults = append(faults, casework.Fault{Path: name, Message: "is not a setting"})
		default:
			*to = value
		}
	}
	return s, casework.Faulty(append(faults, s.faults()...))
}

// elsewhere are variables that the commands read themselves; CONFIG names a file of them, in which it cannot stand.
var (
	elsewhere = append([]string{"CONFIG"}, commands...)
	commands  = []string{"URL", "TOKEN"}
)

func (s *Settings) variables() map[string]*string {
	out := s.SignIn.variables()
	maps.Copy(out, map[string]*string{
		"DATABASE_URL": &s.Database, "KEY_FILE": &s.KeyFile, "VAULT": &s.Vault, "SMTP": &s.SMTP, "MAIL_FROM": &s.From,
		"PUBLIC_URL": &s.URL, "STAFF_URL": &s.StaffURL, "RULEBOOK": &s.Rulebook, "PROFILE": &s.Profile, "RECORDS": &s.Records,
	})
	return out
}

// desk is where our own people reach the front desk.
func (s *Settings) desk() string { return strings.TrimSuffix(cmp.Or(s.StaffURL, s.URL), "/") }

func (s *Settings) faults() []casework.Fault {
	out := []casework.Fault{}
	need := func(ok bool, name, message string) {
		if !ok {
			out = append(out, casework.Fault{Path: prefix + name, Message: message})
		}
	}
	need(s.Database != "", "DATABASE_URL", "is missing: postgres://… or sqlite:PATH")
	need(s.KeyFile != "", "KEY_FILE", "is missing: the file with the master keys")
	need(s.Vault != "", "VAULT", "is missing: the folder of documents and parcels")
	need(isHostPort(s.SMTP), "SMTP", "must be host:port of the mail server")
	need(isWeb(s.URL), "PUBLIC_URL", "must be the address of the front desk, such as https://legal.example.com")
	need(s.StaffURL == "" || isWeb(s.StaffURL), "STAFF_URL", "must be the address of the staff pages, such as https://desk.example.com")
	need(isFolder(s.Rulebook), "RULEBOOK", "must be a folder")
	need(s.Records == "demo", "RECORDS", "must be demo: no other source of records is built in")
	_, signIn := s.SignIn.read(s.desk())
	return append(out, signIn...)
}

func isHostPort(s string) bool {
	host, port, err := net.SplitHostPort(s)
	return err == nil && host != "" && port != ""
}

func isWeb(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

func isFolder(path string) bool {
	if path == "" {
		return true
	}
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

package policy

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"hash"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"dueprocess/casework"
	"dueprocess/clocks"

	"github.com/goccy/go-yaml/ast"
)

// Rulebook is rules, country facts, calendars and the provider's profile. It is immutable and safe for concurrent use.
type Rulebook struct {
	version   string
	sum       string // over every file, in the order of names
	rules     []*rule
	index     map[key][]*rule
	countries map[string]Country
	profile   Profile
	calendars *clocks.Calendars
}

// key is what the rules are found by.
type key struct {
	class      class
	instrument casework.InstrumentType
}

//go:embed rulebook/*.yaml rulebook/*.csv
var embedded embed.FS

// Default is the embedded rulebook.
func Default() *Rulebook { return defaultBook() }

var defaultBook = sync.OnceValue(func() *Rulebook {
	dir, err := fs.Sub(embedded, "rulebook")
	if err == nil {
		var book *Rulebook
		if book, err = Load(dir); err == nil {
			return book
		}
	}
	panic("policy: the embedded rulebook: " + err.Error())
})

// The files of a rulebook that hold no rules.
const (
	metaFile      = "rulebook.yaml"
	countriesFile = "countries.csv"
	profileFile   = "profile.yaml"
	calendarsFile = "calendars.yaml" // may be missing
)

// Load reads a rulebook's folder strictly: its error is Faults, with every fault at once.
func Load(dir fs.FS) (*Rulebook, error) {
	l := loading{book: &Rulebook{calendars: clocks.Shipped()}, faults: &faultList{}, hash: sha256.New()}
	entries, err := fs.ReadDir(dir, ".")
	if err != nil {
		return nil, fmt.Errorf("the rulebook's folder cannot be read: %w", err)
	}
	for _, entry := range entries {
		if entry.IsDir() {
			continue
		}
		text, err := fs.ReadFile(dir, entry.Name())
		if err != nil {
			return nil, fmt.Errorf("the rulebook's file %s cannot be read: %w", entry.Name(), err)
		}
		l.file(entry.Name(), text)
	}
	return l.finish()
}

// loading is a rulebook in the making.
type loading struct {
	book   *Rulebook
	faults *faultList
	hash   hash.Hash
	seen   []string
}

func (l *loading) file(name string, text []byte) {
	if strings.HasSuffix(name, ".md") {
		return
	}
	l.seen = append(l.seen, name)
	l.digest(name, text)
	r := &reader{name, l.faults}
	switch {
	case name == countriesFile:
		l.book.countries = readCountries(name, text, l.faults)
	case !strings.HasSuffix(name, ".yaml"):
		l.faults.add(place{name, 1, 1}, "a rulebook holds .yaml files, countries.csv, .md files and folders of tests")
	default:
		if n, ok := r.document(text); ok {
			l.yaml(name, r, n)
		}
	}
}

func (l *loading) digest(name string, text []byte) {
	_, _ = fmt.Fprintf(l.hash, "%s %d\n", name, len(text))
	_, _ = l.hash.Write(text)
}

func (l *loading) yaml(name string, r *reader, n ast.Node) {
	switch name {
	case metaFile:
		r.fields(n, map[string]func(ast.Node){"version": func(n ast.Node) { l.book.version = r.text(n) }})
	case profileFile:
		r.readProfile(n, &l.book.profile)
		l.wholeProfile(r, n)
	case calendarsFile:
		l.book.calendars = r.readCalendars(n)
	default:
		l.book.rules = append(l.book.rules, r.readRules(n)...)
	}
}

// wholeProfile: a rulebook's own profile says everything that has no other home.
func (l *loading) wholeProfile(r *reader, n ast.Node) {
	p := l.book.profile
	for name, missing := range map[string]bool{
		"home": p.Home == "", "home_state": p.HomeState == "", "establishment": p.Establishment == "", "notice_period": p.NoticePeriod == 0,
		"national_security": len(p.NationalSecurity) == 0, "duty_officer": p.DutyOfficer == "", "sla": len(p.SLA[defaultSLA]) == 0,
	} {
		if missing {
			r.fault(n, "the profile has no %s", name)
		}
	}
}

func (l *loading) finish() (*Rulebook, error) {
	for _, name := range []string{metaFile, countriesFile, profileFile} {
		if !slices.Contains(l.seen, name) {
			l.faults.add(place{name, 1, 1}, "the file is missing")
		}
	}
	l.overlaps()
	if err := l.faults.err(); err != nil {
		return nil, err
	}
	l.book.sum = hex.EncodeToString(l.hash.Sum(nil))
	slices.SortStableFunc(l.book.rules, func(a, b *rule) int { return strings.Compare(a.id, b.id) })
	l.book.index = indexed(l.book.rules)
	return l.book, nil
}

// overlaps: an id may stand several times only for days that do not overlap.
func (l *loading) overlaps() {
	for i, a := range l.book.rules {
		for _, b := range l.book.rules[:i] {
			if a.id != "" && a.id == b.id && a.overlaps(b) {
				l.faults.add(a.at, "the rule %s is in force on days on which the one at %s:%d is too", a.id, b.at.file, b.at.line)
			}
		}
	}
}

// indexed finds for every class of authority and instrument the rules that look at it.
func indexed(rules []*rule) map[key][]*rule {
	index := map[key][]*rule{}
	for _, c := range classes {
		for _, t := range casework.InstrumentTypes {
			for _, r := range rules {
				if r.scope.covers(c, t) {
					index[key{c, t}] = append(index[key{c, t}], r)
				}
			}
		}
	}
	return index
}

// WithProfile lays a provider's profile over the rulebook's own, strictly; the name stands in faults. A notice period
// that is shorter than the minimum sets the minimum too, unless the file sets that itself.
func (r *Rulebook) WithProfile(yaml []byte, name string) (*Rulebook, error) {
	faults := &faultList{}
	laid := *r
	laid.profile = r.profile.clone()
	in := &reader{name, faults}
	if n, ok := in.document(yaml); ok {
		in.readProfile(n, &laid.profile)
	}
	if err := faults.err(); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(append([]byte(r.sum+"\n"), yaml...))
	laid.sum = hex.EncodeToString(sum[:])
	return &laid, nil
}

// Identity names the rulebook: its version, and the SHA-256 over its rules, facts, calendars and profile.
func (r *Rulebook) Identity() casework.Rulebook {
	return casework.Rulebook{Version: r.version, SHA256: r.sum}
}

// Profile is the provider's own part.
func (r *Rulebook) Profile() Profile { return r.profile.clone() }

// Agreement reports whether a CLOUD Act agreement with the country was in force on the day.
func (r *Rulebook) Agreement(country string, on casework.Date) bool {
	return r.countries[stateOf(country)].hasAgreement(on)
}

package policy

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// broken is a file of rules in which each rule but the last two holds one mistake; a comment on the line tells which.
const broken = `group: mistakes
rules:
  - id: bad.fact
    cites: nothing
    when: instrument.colour == "red"
    then: {answer: refuse, about: data}
    say: An unknown fact.
  - id: bad.reference
    cites: nothing
    when: targets.count > 0
    then: {finding: doubt, path: "demand.targets[targets.lost].value"}
    say: A path that refers to no fact about targets.
  - id: bad.type
    cites: nothing
    when: matter.consent == "yes"
    then: {answer: refuse, about: data}
    say: A type error.
  - id: bad.constant
    cites: nothing
    when: 1 + 1 == 2
    then: {answer: permit, about: data}
    say: A condition that says nothing.
  - id: bad.cost
    cites: nothing
    when: >-
      instrument.legal_basis.exists(a, instrument.legal_basis.exists(b,
      instrument.legal_basis.exists(c, a + b == c)))
    then: {answer: refuse, about: data}
    say: Too costly.
  - id: bad.dates
    cites: nothing
    in_force: {from: 2026-01-01, to: 2025-01-01}
    then: {answer: refuse, about: data}
    say: A period that ends before it begins.
  - id: bad.twice
    cites: nothing
    in_force: {to: 2026-01-31}
    then: {answer: refuse, about: data}
    say: The first.
  - id: bad.twice
    cites: nothing
    in_force: {from: 2026-01-31}
    then: {answer: refuse, about: data}
    say: Both are in force on one day.
  - id: bad.field
    cites: nothing
    unless: matter.consent
    then: {answer: refuse, about: data}
    say: An unknown field.
  - id: bad.word
    cites: nothing
    when: instrument.type == "telegram"
    then: {answer: refuse, about: data}
    say: A word that is in no vocabulary.
`

// brokenFaults are the places at which Load must find the mistakes, and part of what it must say.
var brokenFaults = []string{
	"broken.yaml:5:21: condition: undeclared reference to 'instrument.colour'",
	`broken.yaml:11:34: "targets.lost" is no fact that names targets`,
	"broken.yaml:15:26: condition: found no matching overload for '_==_' applied to '(bool, string)'",
	"broken.yaml:20:11: condition: is constant",
	"broken.yaml:25:11: condition: is too costly",
	"broken.yaml:32:16: ends before it begins",
	"broken.yaml:40:5: the rule bad.twice is in force on days on which the one at broken.yaml:35 is too",
	`broken.yaml:47:5: unknown key "unless"`,
	`broken.yaml:52:11: condition: "telegram" is not in the vocabulary of instrument.type`,
	"profile.yaml:4:7: is not a country",
}

func TestLoadNamesEveryFaultAtOnce(t *testing.T) {
	files := shelf(t)
	files["broken.yaml"] = &fstest.MapFile{Data: []byte(broken)}
	patchFile(t, files, "profile.yaml", "home: US", "home: usa")
	requireFaults(t, files, brokenFaults)
}

// shelf is the embedded rulebook as files that a test may change.
func shelf(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	entries, err := embedded.ReadDir("rulebook")
	require.NoError(t, err)
	for _, entry := range entries {
		text, err := fs.ReadFile(embedded, "rulebook/"+entry.Name())
		require.NoError(t, err)
		files[entry.Name()] = &fstest.MapFile{Data: text}
	}
	return files
}

func patchFile(t *testing.T, files fstest.MapFS, name, old, with string) {
	t.Helper()
	text := string(files[name].Data)
	require.Contains(t, text, old)
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, with, 1))}
}

// requireFaults expects that a load fails with exactly these faults, in this order.
func requireFaults(t *testing.T, files fs.FS, want []string) {
	t.Helper()
	_, err := Load(files)
	var faults Faults
	require.ErrorAs(t, err, &faults)
	got := strings.Split(err.Error(), "\n")[1:]
	require.Len(t, got, len(want), "%v", err)
	for i, line := range got {
		assert.Truef(t, strings.HasPrefix(line, want[i]), "got  %s\nwant %s", line, want[i])
	}
}

// oneRule is a whole file of one rule, with lines of the test's own.
func oneRule(lines ...string) string {
	return "rules:\n  - id: one.rule\n    cites: nothing\n    say: Something.\n    " + strings.Join(lines, "\n    ") + "\n"
}

func TestLoadNamesEachFault(t *testing.T) {
	refuse := "then: {answer: refuse, about: data}"
	for name, c := range map[string]struct {
		file string
		want []string
	}{
		"an empty file":               {"# nothing\n", []string{"x.yaml:1:1: the file is empty"}},
		"no YAML":                     {"rules: [\n", []string{"x.yaml:1:8: is not YAML"}},
		"two documents":               {oneRule(refuse) + "---\nrules: []\n", []string{"x.yaml:7:1: one file holds one document"}},
		"no rules":                    {"group: none\n", []string{"x.yaml:1:1: the file has no rules"}},
		"a list at the top":           {"- id: x\n", []string{"x.yaml:1:1: must be a mapping", "x.yaml:1:1: the file has no rules"}},
		"a key twice":                 {oneRule(refuse, refuse), []string{"x.yaml:6:5:"}},
		"nothing follows":             {oneRule(), []string{"x.yaml:2:5: nothing follows from the rule"}},
		"an effect of nothing":        {oneRule("then: {say: Well.}"), []string{"x.yaml:5:12: nothing follows; say answer"}},
		"no id":                       {"rules:\n  - cites: a\n    say: b\n    " + refuse + "\n", []string{"x.yaml:2:5: the rule has no id"}},
		"a bad id":                    {"rules:\n  - id: Bad\n    cites: a\n    say: b\n    " + refuse + "\n", []string{"x.yaml:2:9: is no id"}},
		"no sentence":                 {"rules:\n  - id: a.b\n    cites: a\n    " + refuse + "\n", []string{"x.yaml:2:5: the rule a.b says nothing"}},
		"no citation":                 {"rules:\n  - id: a.b\n    say: a\n    " + refuse + "\n", []string{"x.yaml:2:5: the rule a.b cites nothing"}},
		"an empty text":               {oneRule(`note: ""`, refuse), []string{"x.yaml:5:11: is empty"}},
		"a list for a text":           {oneRule("note: [a]", refuse), []string{"x.yaml:5:11: must be a text"}},
		"no date":                     {oneRule("in_force: {from: soon}", refuse), []string{"x.yaml:5:22: is not a date"}},
		"an empty date":               {oneRule("in_force: {from: }", refuse), []string{"x.yaml:5:21: is empty; leave the key out"}},
		"empty dates":                 {oneRule("in_force: {}", refuse), []string{"x.yaml:5:15: names no day"}},
		"an unknown answer":           {oneRule("then: {answer: perhaps, about: data}"), []string{"x.yaml:5:20: must be one of: permit"}},
		"an unknown topic":            {oneRule("then: {answer: refuse, about: gossip}"), []string{"x.yaml:5:35: must be one of: subscriber"}},
		"a topic twice":               {oneRule("then: {answer: refuse, about: [traffic, traffic]}"), []string{"x.yaml:5:45: stands here twice"}},
		"an empty list":               {oneRule("then: {answer: refuse, about: []}"), []string{"x.yaml:5:12: answer and about", "x.yaml:5:35: is an empty list"}},
		"an unknown instrument":       {oneRule("scope: {instruments: telegram}", refuse), []string{"x.yaml:5:26: must be one of: grand_jury_subpoena"}},
		"answer without about":        {oneRule("then: {answer: refuse}"), []string{"x.yaml:5:12: answer and about stand together"}},
		"finding without path":        {oneRule("then: {finding: doubt}"), []string{"x.yaml:5:12: finding and path stand together"}},
		"an unknown path":             {oneRule("then: {finding: doubt, path: instrument.colour}"), []string{`x.yaml:5:34: "instrument.colour" is no field of a request`}},
		"an unknown path of a target": {oneRule(`then: {finding: doubt, path: "demand.targets[targets.empty].colour"}`), []string{`x.yaml:5:34: "demand.targets.colour" is no field of a request`}},
		"limits of a refusal":         {oneRule("then: {answer: refuse, about: subscriber, limits: name}"), []string{"x.yaml:5:12: limits belong to a permit"}},
		"limits of traffic":           {oneRule("then: {answer: permit, about: traffic, limits: name}"), []string{"x.yaml:5:12: limits name fields of subscriber"}},
		"until without notice":        {oneRule("then: {ground: true, until: secrecy.until}"), []string{"x.yaml:5:12: until belongs to a notice"}},
		"ground is no truth":          {oneRule("then: {ground: maybe}"), []string{"x.yaml:5:12: nothing follows", "x.yaml:5:20: must be true or false"}},
		"approvals of none":           {oneRule("then: {approvals: 0}"), []string{"x.yaml:5:12: nothing follows", "x.yaml:5:23: must be a whole number"}},
		"a deadline without kind":     {oneRule("then: {deadline: {count: us_days, n: 3}}"), []string{"x.yaml:5:23: the deadline has no kind"}},
		"a deadline without n":        {oneRule("then: {deadline: {kind: respond, count: us_days}}"), []string{"x.yaml:5:23: a deadline has either count and n, or on"}},
		"a condition of a text":       {oneRule("when: secrecy.until", refuse), []string{"x.yaml:5:11: condition: is of type string, not bool"}},
		"a condition of itself":       {oneRule("when: true", refuse), []string{"x.yaml:5:11: must be a text"}},
		"a tautology":                 {oneRule("when: matter.consent || true", refuse), []string{"x.yaml:5:11: condition: is constant"}},
		"a misspelt word in list":     {oneRule(`when: matter.concerns.touches(["pres"])`, refuse), []string{`x.yaml:5:11: condition: "pres" is not in the vocabulary of matter.concerns`}},
		"beyond the group's scope": {
			"scope: {authority: us}\nrules:\n  - id: a.b\n    cites: a\n    say: b\n    scope: {authority: foreign}\n    " + refuse + "\n",
			[]string{"x.yaml:6:13: a rule looks only at instruments and authorities that its group names"},
		},
		"a fault in the second line of a condition": {
			oneRule("when: >-\n      matter.consent &&\n      weather.fine", refuse), []string{"x.yaml:7:7: condition: undeclared reference"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			files := shelf(t)
			files["x.yaml"] = &fstest.MapFile{Data: []byte(c.file)}
			requireFaults(t, files, c.want)
		})
	}
}

func TestLoadNamesFaultsOfOtherFiles(t *testing.T) {
	for name, c := range map[string]struct {
		file, old, with string
		want            []string
	}{
		"an unknown key of the profile":  {"profile.yaml", "duty_officer: ", "duty_office: ", []string{"profile.yaml:3:1: the profile has no duty_officer", "profile.yaml:22:1: unknown key"}},
		"no mail address":                {"profile.yaml", "duty.officer@dueprocess.example", "nobody", []string{"profile.yaml:22:15: is not a mail address"}},
		"no time":                        {"profile.yaml", "notice_minimum: 48h", "notice_minimum: soon", []string{"profile.yaml:10:17: is not a time"}},
		"a notice below the minimum":     {"profile.yaml", "notice_period: 7 days", "notice_period: 1h", []string{"profile.yaml:3:1: notice_period is shorter"}},
		"working days of notice":         {"profile.yaml", "notice_period: 7 days", "notice_period: 7 working days", []string{"profile.yaml:3:1: notice_period is shorter", "profile.yaml:3:1: the profile has no notice_period", "profile.yaml:9:16: is counted in hours or days"}},
		"no range of addresses":          {"profile.yaml", "192.0.2.0/24", "192.0.2.0", []string{"profile.yaml:7:15: is not a range of addresses"}},
		"one reviewer behind the wall":   {"profile.yaml", "[rosa, rafael]", "[rosa]", []string{"profile.yaml:20:3: must name at least one legal_ops and two reviewers"}},
		"an unknown resolution":          {"profile.yaml", "not_clarified: 730", "forgotten: 730", []string{"profile.yaml:29:3: is no resolution"}},
		"an unknown instrument's target": {"profile.yaml", "wiretap_order:", "telegram:", []string{"profile.yaml:51:3: is no instrument"}},
		"an unknown kind of target":      {"profile.yaml", "acknowledge: 30m", "answer: 30m", []string{"profile.yaml:40:5: unknown key"}},
		"a bad country fact":             {"countries.csv", "AL,Albania,,", "AL,Albania,soon,", []string{"countries.csv:5:1: the value of mlat_us_from"}},
		"a country twice":                {"countries.csv", "AL,Albania", "AD,Albania", []string{"countries.csv:5:1: the country AD stands here twice"}},
		"a row too short":                {"countries.csv", "AL,Albania,,,,,,yes,,,,,", "AL,Albania", []string{"countries.csv:5:1: is no row of this table"}},
		"an unknown column": {
			"countries.csv", "budapest_convention", "bucharest_convention",
			[]string{`countries.csv:1:1: the column "budapest_convention" is missing`, `countries.csv:1:1: unknown column "bucharest_convention"`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			files := shelf(t)
			patchFile(t, files, c.file, c.old, c.with)
			requireFaults(t, files, c.want)
		})
	}
}

func TestLoadMissesFiles(t *testing.T) {
	files := shelf(t)
	delete(files, "profile.yaml")
	delete(files, "countries.csv")
	files["notes.txt"] = &fstest.MapFile{Data: []byte("hello")}
	files["README.md"] = &fstest.MapFile{Data: []byte("hello")}
	requireFaults(t, files, []string{
		"countries.csv:1:1: the file is missing", "notes.txt:1:1: a rulebook holds .yaml files", "profile.yaml:1:1: the file is missing",
	})
}

func TestOneIDMayStandForPeriodsThatDoNotOverlap(t *testing.T) {
	files := shelf(t)
	files["x.yaml"] = &fstest.MapFile{Data: []byte(oneRule("in_force: {to: 2026-01-30}", "then: {ground: true}") +
		strings.TrimPrefix(oneRule("in_force: {from: 2026-01-31}", "then: {ground: true}"), "rules:\n"))}
	book, err := Load(files)
	require.NoError(t, err)
	assert.Len(t, slices.Collect(ids(book, "one.rule")), 2)
}

func ids(book *Rulebook, id string) func(func(*rule) bool) {
	return func(yield func(*rule) bool) {
		for _, r := range book.rules {
			if r.id == id && !yield(r) {
				return
			}
		}
	}
}

func TestProfileIsLaidOverStrictly(t *testing.T) {
	book, err := Default().WithProfile([]byte("notice_period: 24h\nemployees: [{country: BR, from: 2026-01-01, to: 2026-12-31}, DE]\n"), "p.yaml")
	require.NoError(t, err)
	assert.Equal(t, book.Profile().NoticePeriod, book.Profile().NoticeMinimum, "a shorter period brings its minimum along")
	assert.NotEqual(t, Default().Identity().SHA256, book.Identity().SHA256)
	assert.Equal(t, Default().Profile().HomeState, book.Profile().HomeState)
	_, err = Default().WithProfile([]byte("home: US\nhome: GB2\n"), "p.yaml")
	require.ErrorContains(t, err, "p.yaml:2:")
}

func TestFaultsOfPublishing(t *testing.T) {
	_, err := Default().WithProfile([]byte("publishing: {band: 249, fewest: -1, canaries: [{text: never}, {attested_on: 2026-02-30}]}\n"), "p.yaml")
	for _, says := range []string{"at least 250", "at least 0", "needs text, attested_by and attested_on", "1:77: is not a date"} {
		require.ErrorContains(t, err, says)
	}
}

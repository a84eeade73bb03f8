package policy

import (
	"encoding/json"
	"errors"
	"io/fs"
	"strings"

	"github.com/goccy/go-yaml"
	"golang.org/x/tools/txtar"

	"dueprocess/casework"
)

// Trial is a test beside the rules: a sentence, a request, and what must be answered. Each is a txtar file with the
// sections request and expect, in YAML; a request may begin with like: NAME, and then says only what is other than in
// requests/NAME.yaml. A null takes a field away.
type Trial struct {
	File     string
	Sentence string
	Request  casework.Request
	On       casework.Date // the day whose rules apply; empty: the day of receipt
	Unknown  bool          // the contact book does not know the authority
	Expect   Expectation
}

// expected is the section expect of a trial.
type expected struct {
	On      casework.Date `json:"on"`
	Unknown bool          `json:"unknown_authority"`
	Expectation
}

// Trials reads every trial of a folder, strictly; its error is Faults, all of them.
func Trials(dir fs.FS) ([]Trial, error) {
	names, err := fs.Glob(dir, "*.txtar")
	if err != nil {
		return nil, err
	}
	faults, out := &faultList{}, []Trial{}
	for _, name := range names {
		if t, ok := readTrial(dir, name, faults); ok {
			out = append(out, t)
		}
	}
	return out, faults.err()
}

// Run says what the rulebook answers otherwise than expected; empty: nothing.
func (t Trial) Run(book *Rulebook) []string {
	return t.Expect.Check(book.Determine(t.Request, Facts{On: t.On, AuthorityKnown: !t.Unknown}))
}

func readTrial(dir fs.FS, name string, faults *faultList) (Trial, bool) {
	before := len(faults.all)
	fault := func(format string, args ...any) { faults.add(place{name, 1, 1}, format, args...) }
	text, err := fs.ReadFile(dir, name)
	if err != nil {
		fault("cannot be read")
		return Trial{}, false
	}
	archive := txtar.Parse(text)
	t := Trial{File: name, Sentence: strings.TrimSpace(string(archive.Comment))}
	if t.Sentence == "" {
		fault("says nothing before its first section: one sentence on what is tested")
	}
	sections := map[string][]byte{}
	for _, section := range archive.Files {
		if section.Name != "request" && section.Name != "expect" {
			fault("unknown section %q; there are request and expect", section.Name)
		}
		sections[section.Name] = section.Data
	}
	t.read(dir, sections, fault)
	return t, len(faults.all) == before
}

func (t *Trial) read(dir fs.FS, sections map[string][]byte, fault func(string, ...any)) {
	request, err := tree(sections["request"])
	if err != nil {
		fault("request: %v", err)
		return
	}
	if request, err = completed(dir, request); err != nil {
		fault("request: %v", err)
		return
	}
	raw, err := json.Marshal(request)
	if err != nil {
		fault("request: %v", err)
	}
	for _, f := range casework.Decode(raw, &t.Request) {
		fault("request: %s %s", f.Path, f.Message)
	}
	t.expect(sections["expect"], fault)
}

func (t *Trial) expect(text []byte, fault func(string, ...any)) {
	want, err := tree(text)
	if err != nil || len(want) == 0 {
		fault("expect: is missing or no YAML")
		return
	}
	raw, err := json.Marshal(want)
	if err != nil {
		fault("expect: %v", err)
	}
	var e expected
	for _, f := range decodeStrictly(raw, &e) {
		fault("expect: %s", f)
	}
	t.On, t.Unknown, t.Expect = e.On, e.Unknown, e.Expectation
}

func decodeStrictly(raw []byte, v any) []string {
	decoder := json.NewDecoder(strings.NewReader(string(raw)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(v); err != nil {
		return []string{strings.TrimPrefix(err.Error(), "json: ")}
	}
	return nil
}

// tree reads YAML into maps and lists.
func tree(text []byte) (map[string]any, error) {
	out := map[string]any{}
	if err := yaml.Unmarshal(text, &out); err != nil {
		return nil, errors.New("is no YAML object: " + yaml.FormatError(err, false, false))
	}
	return out, nil
}

// completed lays a request over the one that it is like.
func completed(dir fs.FS, request map[string]any) (map[string]any, error) {
	like, ok := request["like"].(string)
	if !ok {
		return request, nil
	}
	delete(request, "like")
	text, err := fs.ReadFile(dir, "requests/"+like+".yaml")
	if err != nil {
		return nil, errors.New("there is no requests/" + like + ".yaml")
	}
	base, err := tree(text)
	if err != nil {
		return nil, err
	}
	lay(base, request)
	return base, nil
}

// lay puts one object over another: objects are merged, null takes away, everything else replaces.
func lay(base, over map[string]any) {
	for name, value := range over {
		inner, isObject := value.(map[string]any)
		under, wasObject := base[name].(map[string]any)
		switch {
		case value == nil:
			delete(base, name)
		case isObject && wasObject:
			lay(under, inner)
		default:
			base[name] = value
		}
	}
}

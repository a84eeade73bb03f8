package staff

import (
	"encoding/json"
	"slices"
	"strings"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// form is an action that may be done now, as a form.
type form struct {
	Action casework.Action
	Key    string // makes sending it twice the same as once
	Warns  string // what goes out and to whom, for an act that sends something
	Grave  bool   // it cannot be taken back
	Fields []field
	Open   bool   // it was sent and refused: shown open, filled as it was
	Seen   string // the version that was seen when it was first sent; empty: the present one
}

// field is one field of a form. Its name is the place of its value in the action's body: a.b is b within a, a.0 the
// first of a list.
type field struct {
	Name     string
	Label    string
	Hint     string
	Kind     kind
	Value    string
	Chosen   []string // of checks
	Choices  []choice
	Required bool
	Group    string // fields that follow each other with the same group stand together under it
}

// kind is how a field is shown and read.
type kind string

const (
	text   kind = "text"
	long   kind = "long"   // a text of several lines
	lines  kind = "lines"  // a list, one a line
	date   kind = "date"   // a day
	number kind = "number" // a whole number
	pick   kind = "pick"   // one of the choices
	radios kind = "radios" // one of the choices, all of them seen
	checks kind = "checks" // some of the choices
	check  kind = "check"  // yes or no
	file   kind = "file"   // one file
	hidden kind = "hidden" // not changed by people
	whole  kind = "whole"  // the body as JSON
)

// choice is one value that may be chosen.
type choice struct{ Value, Label string }

func choices[W ~string](words ...W) []choice {
	out := []choice{}
	for _, w := range words {
		out = append(out, choice{string(w), ui.Title(w)})
	}
	return out
}

// ID is the field's name as an id within its form.
func (f form) ID(name string) string { return string(f.Action) + "-" + name }

// Chooses reports whether a value is among those chosen.
func (f field) Chooses(value string) bool {
	return f.Value == value || slices.Contains(f.Chosen, value)
}

var theFile = field{Name: fileField, Label: "File to send", Hint: "at most 64 MB", Kind: file, Required: true}

var reason = field{Name: "reason", Label: "Reason", Kind: long, Required: true}

// formsOf are the forms of the actions that may be done now.
func formsOf(c casework.Case, allowed []casework.Action, staff []casework.Actor, key func() string) (forms []form) {
	for _, a := range allowed {
		forms = append(forms, form{Action: a, Key: key(), Warns: warning(a, c), Grave: grave[a], Fields: fieldsOf(a, c, staff)})
	}
	return forms
}

// WithFile reports whether the form sends a file.
func (f form) WithFile() bool { return f.Action.TakesFile() }

// grave are the acts that cannot be taken back.
var grave = map[casework.Action]bool{
	casework.RejectRequester: true, casework.EndPreservation: true, casework.Withdraw: true, casework.Close: true, casework.Release: true,
}

// fieldsOf are the fields of an action's body.
func fieldsOf(a casework.Action, c casework.Case, staff []casework.Actor) []field {
	switch a {
	case casework.Review:
		return reviewFields(c)
	case casework.Approve:
		return []field{{Name: "decision", Kind: hidden, Value: decisionHash(c)}}
	case casework.CorrectRequest, casework.ReceiveClarification:
		return []field{{Name: wholeBody, Label: "Request and reason, as JSON", Kind: whole, Value: example(a, c), Required: true}}
	case casework.Assign:
		return []field{{Name: "to", Label: "To", Kind: pick, Choices: assignees(staff)}}
	case casework.Release:
		return []field{{Name: "manifest", Kind: hidden, Value: readyParcel(c).ManifestSHA256}, {Name: "confirm", Label: "Type the case's number to confirm", Kind: text, Required: true}}
	case casework.ExtendDeadline:
		return []field{{Name: "kind", Label: "Deadline", Kind: pick, Choices: deadlines(c), Required: true}, {Name: "until", Label: "Until", Kind: date, Required: true}, reason}
	case casework.FileChallenge:
		return challengeFields(c)
	case casework.AddRecords:
		return []field{{Name: "data", Label: "What it holds", Kind: pick, Choices: choices(c.Request.Demand.Data...), Required: true}, theFile}
	}
	if fields, ok := fixedFields[a]; ok {
		return fields
	}
	return []field{reason}
}

// fixedFields are those of the bodies that do not depend on the case. What is in none of the lists asks for a reason.
var fixedFields = map[casework.Action][]field{
	casework.ResumeClock: {},
	casework.VerifyRequester: {
		{Name: "method", Label: "How", Kind: pick, Choices: choices(casework.VerificationMethods...), Required: true},
		{Name: "evidence", Label: "Evidence", Hint: "what you saw or heard, and where", Kind: long},
		{Name: "phone", Label: "Number called", Hint: "for a call-back: one of the contact book, never of the request", Kind: text},
	},
	casework.AskClarification: {{Name: "items.0.message", Label: "Question", Hint: "left empty, the findings of the determination are asked", Kind: long}},
	casework.Renotify:         {{Name: "address", Label: "New e-mail address of the customer", Kind: text, Required: true}, reason},
	casework.RecordObjection: {
		{Name: "text", Label: "What the customer says", Kind: long, Required: true}, {Name: "court", Label: "Court, once a motion is filed", Kind: text},
		{Name: "filed_on", Label: "Filed on", Kind: date},
	},
	casework.ResolveObjection: {
		{Name: "objection", Label: "Number of the objection", Hint: "needed where several are open", Kind: number},
		{Name: "outcome", Label: "Outcome", Kind: pick, Choices: choices(casework.ObjectionSustained, casework.ObjectionOverruled, casework.ObjectionWithdrawn), Required: true}, reason,
	},
	casework.RecordRuling: {
		{Name: "challenge", Label: "Number of the challenge", Hint: "needed where several are open", Kind: number},
		{Name: "outcome", Label: "Our challenge was", Kind: pick, Choices: choices(casework.ChallengeUpheld, casework.ChallengeModified, casework.ChallengeDenied), Required: true}, reason,
	},
	casework.RecordMLATOutcome: {
		{Name: "outcome", Label: "Outcome", Kind: pick, Choices: choices(casework.MLATOutcomes...), Required: true},
		{Name: "linked_case", Label: "Case of the process received", Kind: text},
	},
	casework.ClearHold: {{Name: "outcome", Label: "The enforcing authority", Kind: pick, Choices: choices(casework.HoldIsCleared, casework.HoldIsRefused), Required: true}, reason},
	casework.Redeliver: {
		{Name: "disclosure", Label: "Number of the parcel", Hint: "needed where several are delivered", Kind: number},
		{Name: "address", Label: "New address", Hint: "left empty, the officer's own; a new one must be in the contact book", Kind: text},
	},
	casework.ConfirmReceipt: {{Name: "disclosure", Label: "Number of the parcel", Hint: "needed where several are delivered", Kind: number}},
	casework.PauseClock:     {{Name: "reason", Label: "Reason", Kind: pick, Choices: choices(casework.PauseReasons...), Required: true}},
	casework.SetSecrecy: {
		{Name: "kind", Label: "Kind", Kind: pick, Choices: choices(casework.SecrecyKinds...), Required: true},
		{Name: "basis", Label: "Basis", Hint: "the order or the statute", Kind: text}, {Name: "until", Label: "Until", Hint: "left empty: no end is known", Kind: date},
	},
	casework.ExtendPreservation: {reason, {Name: "until_produced", Label: "Until production (confirmed by Annex V)", Kind: check}},
	casework.Restrict:           {{Name: "members", Label: "Who stays inside, one name a line", Kind: lines, Required: true}, reason},
	casework.Comment:            {{Name: "text", Label: "Note", Hint: "for our own people; it goes to nobody outside", Kind: long, Required: true}},
	casework.Attach: {
		{Name: "name", Label: "What it is called here", Hint: "left empty: as the file is", Kind: text},
		{Name: "for", Label: "Who sees it", Kind: pick, Choices: []choice{{"", "our own people"}, {casework.ForCustomer, "also the customer, with the notice: a redacted copy"}}}, theFile,
	},
	casework.LinkCase: {
		{Name: "case", Label: "The other case", Kind: text, Required: true}, {Name: "relation", Label: "This case", Kind: pick, Choices: choices(casework.Relations...), Required: true},
	},
	casework.Close: {
		{Name: "resolution", Label: "As", Kind: pick, Required: true, Choices: choices(casework.ResolvedRefused, casework.ResolvedDuplicate, casework.ResolvedNoData, casework.ResolvedNotAuthentic)}, reason,
	},
}

func challengeFields(c casework.Case) []field {
	return []field{
		{Name: "kind", Label: "Kind", Kind: pick, Choices: choices(casework.ChallengeKinds...), Required: true},
		{Name: "data", Label: "Which it holds", Hint: "none: all; none for secrecy alone", Kind: checks, Choices: choices(c.Request.Demand.Data...)},
		{Name: "court", Label: "Court", Kind: text}, {Name: "grounds", Label: "Grounds, one a line", Kind: lines, Value: grounds(c)},
		{Name: "filed_on", Label: "Filed on", Kind: date},
	}
}

func grounds(c casework.Case) string {
	if c.Determination == nil {
		return ""
	}
	out := ""
	var outSb207 strings.Builder
	for _, g := range c.Determination.Grounds {
		outSb207.WriteString(g.Rule + "\n")
	}
	out += outSb207.String()
	return out
}

func decisionHash(c casework.Case) string {
	if c.Decision == nil {
		return ""
	}
	return c.Decision.SHA256
}

func readyParcel(c casework.Case) casework.Disclosure {
	i := slices.IndexFunc(c.Disclosures, func(d casework.Disclosure) bool { return d.Status == casework.ParcelReady })
	if i < 0 {
		return casework.Disclosure{}
	}
	return c.Disclosures[i]
}

func deadlines(c casework.Case) []choice {
	out := []choice{}
	for _, d := range c.Deadlines {
		out = append(out, choice{string(d.Kind), ui.Title(d.Kind)})
	}
	return out
}

func assignees(staff []casework.Actor) []choice {
	out := []choice{{"", "nobody"}}
	for _, u := range staff {
		if casework.MayEver(casework.Assign, u) {
			out = append(out, choice{u.Name, u.Name})
		}
	}
	return out
}

// example is a body to begin from: the request as it now is.
func example(a casework.Action, c casework.Case) string {
	body := struct {
		Request casework.Request `json:"request"`
		Reason  string           `json:"reason,omitempty"`
	}{Request: c.Request}
	if a == casework.CorrectRequest {
		body.Reason = "what was wrong in our transcription"
	}
	b, err := json.MarshalIndent(body, "", "  ")
	if err != nil {
		return "{}"
	}
	return string(b)
}

// group is fields that stand together; the ones without a name stand by themselves.
type group struct {
	Name   string
	Fields []field
}

// Groups are the form's fields, group by group.
func (f form) Groups() []group {
	out := []group{}
	for _, x := range f.Fields {
		if len(out) == 0 || out[len(out)-1].Name != x.Group {
			out = append(out, group{Name: x.Group})
		}
		last := &out[len(out)-1]
		last.Fields = append(last.Fields, x)
	}
	return out
}

// fieldOf is a field with its form, for the template.
type fieldOf struct {
	Form  form
	Field field
}

// Typed reports whether there is anything in the form that people fill, and that could be kept for later.
func (f form) Typed() bool {
	return !f.WithFile() && slices.ContainsFunc(f.Fields, func(x field) bool { return x.Kind != hidden })
}

// With is a field of the form.
func (f form) With(x field) fieldOf { return fieldOf{f, x} }

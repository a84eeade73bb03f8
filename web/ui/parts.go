package ui

import (
	"slices"

	"dueprocess/casework"
)

// Refusal is what was refused, said over the form that is still filled (template "refusal").
type Refusal struct {
	Title    string
	Sentence string
	Faults   []casework.Fault
	Again    string // where somebody proves anew who they are; empty: that is not what is missing
	Form     string // id of the form; empty: it is right below
}

// Refused is what people are told of an error.
func Refused(title string, err error) *Refusal {
	r := Refusal{Title: title}
	r.Sentence, r.Faults = Sentence(err)
	return &r
}

// Banner says that something happened, or what one must know (template "banner").
type Banner struct {
	Kind string // good, info, warn, bad
	Says string
	List []string
}

// Pager leads from page to page of a list (template "pager"); empty addresses lead nowhere.
type Pager struct{ First, Next string }

// Rail is the way of a case (template "rail").
type Rail []Step

// Step is a stage on the way.
type Step struct {
	Stage     casework.Stage
	Past, Now bool
}

// RailOf is the way of this case: the stages that not every case has are on it only while the case is in them.
func RailOf(c casework.Case) Rail {
	at := slices.Index(casework.Stages, c.Stage)
	out := Rail{}
	for i, s := range casework.Stages {
		detour := s == casework.InChallenge || s == casework.InMLATReferral
		if detour && i != at {
			continue
		}
		out = append(out, Step{Stage: s, Past: i < at && c.Stage != casework.InClosed, Now: i == at})
	}
	return out
}

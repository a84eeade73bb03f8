package staff

import (
	"slices"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// reviewPage shows the determination with its reasons, and beside each answer of the policy that of the reviewer.
type reviewPage struct{ room }

// answerBlock is one category or action with what the policy says, and the fields to answer it.
type answerBlock struct {
	Title      string
	What       string // the title within a sentence
	Determined casework.Answer
	Limits     []casework.SubscriberField
	Reasons    []casework.Reason
	Why        string // why it cannot be permitted; empty: it can
	Fields     []field
}

// Form is the form of the review.
func (p reviewPage) Form() *form {
	if len(p.Forms) == 0 {
		return nil
	}
	return &p.Forms[0]
}

// Blocks are the categories and actions that are asked.
func (p reviewPage) Blocks() []answerBlock {
	out := []answerBlock{}
	if p.Case.Determination == nil {
		return out
	}
	for _, a := range p.Case.Determination.Answers {
		out = append(out, p.block(subject{data: a.Data}, answerBlock{Determined: a.Answer, Limits: a.Limits, Reasons: a.Reasons}))
	}
	for _, a := range p.Case.Determination.Actions {
		out = append(out, p.block(subject{action: a.Action}, answerBlock{Determined: a.Answer, Reasons: a.Reasons}))
	}
	return out
}

func (p reviewPage) block(s subject, b answerBlock) answerBlock {
	b.Title, b.What = s.title(), ui.Words(string(s.data)+string(s.action))
	if _, err := p.Case.MayAnswer(s.data, s.action); err != nil {
		b.Why = err.Error()
	}
	if f := p.Form(); f != nil {
		b.Fields = f.of(b.Title)
	}
	return b
}

// Whole are the fields that are about all answers.
func (p reviewPage) Whole() []field { return p.Form().of("") }

// of are the fields of one group.
func (f form) of(group string) []field {
	return slices.DeleteFunc(slices.Clone(f.Fields), func(x field) bool { return x.Group != group })
}

package letters

import "dueprocess/casework"

// AnswerFacts is the answer to each category of data and each action that was asked. PreservedUntil is empty where
// nothing is kept, or no day is set.
type AnswerFacts struct {
	Head

	Parts          []AnsweredPart
	PreservedUntil casework.Date
}

// AnsweredPart is one category or one action with its answer; Fields are the only parts of the subscriber's record that
// are permitted, where not all are. Reasons are sentences that a requester may see.
type AnsweredPart struct {
	Data    casework.Data
	Action  casework.DemandedAction
	Answer  casework.Answer
	Fields  []casework.SubscriberField
	Reasons []casework.Reason
}

// meanings say what each answer means to whoever asked.
var meanings = map[casework.Answer]string{
	casework.Permit:         "We disclose this, as far as we hold it. The package is sent apart from this letter.",
	casework.RefuseIt:       "We do not disclose this.",
	casework.Refer:          "We cannot give this to you directly. It can be asked for by way of mutual legal assistance.",
	casework.Object:         "We contest this part of the process and disclose nothing of it until that is decided.",
	casework.PreserveAnswer: "We keep this unchanged and disclose nothing of it.",
}

// actionMeanings say it of an action.
var actionMeanings = map[casework.Answer]string{
	casework.Permit:         "We do this.",
	casework.RefuseIt:       "We do not do this.",
	casework.Refer:          "We do not do this on a direct request. It can be asked for by way of mutual legal assistance.",
	casework.Object:         "We contest this part of the process and do nothing of it until that is decided.",
	casework.PreserveAnswer: "We do not do this; we only keep what there is.",
}

// WriteAnswer answers each category: an answer where something is disclosed, a refusal where nothing is.
func WriteAnswer(f AnswerFacts) (Letter, error) {
	n := f.aboutProcess()
	n.need(len(f.Parts) > 0, "parts")
	for i, p := range f.Parts {
		n.need(p.Data != "" || p.Action != "", at("parts", i))
		if meanings[p.Answer] == "" {
			n.fault(at("parts", i)+".answer", "is no answer that a letter can give")
		}
	}
	if err := n.err(); err != nil {
		return Letter{}, err
	}
	kind, title := casework.LetterRefusal, "Our answer: nothing is disclosed"
	if f.gives() {
		kind, title = casework.LetterAnswer, "Our answer to your request"
	}
	d := begin(kind, english, f.Head, title)
	d.text("We have decided on the legal process named above. Our answer, for each part that it asks for:")
	for _, p := range f.Parts {
		d.part(p)
	}
	d.remedies(f)
	d.close()
	return d.done(), nil
}

func (f AnswerFacts) gives() bool {
	for _, p := range f.Parts {
		if p.Data != "" && p.Answer == casework.Permit {
			return true
		}
	}
	return false
}

func (d *draft) part(p AnsweredPart) {
	name, meaning := words(p.Data), meanings[p.Answer]
	if p.Action != "" {
		name, meaning = "the action: "+words(p.Action), actionMeanings[p.Answer]
	}
	d.heading(d.headed(name))
	d.text(meaning)
	if len(p.Fields) > 0 {
		d.text("Of the subscriber's record this covers: " + series(d.tongue, p.Fields) + ".")
	}
	for _, r := range p.Reasons {
		d.text(cited(r))
	}
}

func (d *draft) remedies(f AnswerFacts) {
	d.heading("What you can do")
	d.items(
		"If a reason above can be cured, serve corrected or further process. It is judged as a new request.",
		"If you think that we are wrong, tell us why, naming our reference, or turn to the court that issued the process.",
	)
	if f.PreservedUntil != "" {
		d.text("What we hold and the request describes is kept unchanged until the end of " + d.day(f.PreservedUntil) + ".")
	}
	d.text("Nothing in this letter says that an account exists or that we hold what was asked for.")
}

package staff

import (
	"slices"
	"strconv"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// reviewFields ask for an answer to every category and action, as determined unless somebody must decide. Only what
// casework lets a reviewer answer can be chosen.
func reviewFields(c casework.Case) []field {
	if c.Determination == nil {
		return nil
	}
	out, n := []field{}, 0
	for _, a := range c.Determination.Answers {
		answers, _ := c.MayAnswer(a.Data, "")
		out = append(out, answerFields(c, "answers."+strconv.Itoa(n)+".", subject{data: a.Data, limits: a.Limits, determined: a.Answer, may: answers})...)
		n++
	}
	for _, a := range c.Determination.Actions {
		answers, _ := c.MayAnswer("", a.Action)
		out = append(out, answerFields(c, "answers."+strconv.Itoa(n)+".", subject{action: a.Action, determined: a.Answer, may: answers})...)
		n++
	}
	return append(out, field{Name: "reason", Label: "Reason for the whole", Kind: long, Hint: "stands for every answer that differs and has no reason of its own"})
}

// subject is what one answer of a review is about.
type subject struct {
	data       casework.Data
	action     casework.DemandedAction
	limits     []casework.SubscriberField
	determined casework.Answer
	may        []casework.Answer
}

func (s subject) title() string { return ui.Title(string(s.data) + string(s.action)) }

// hidden names the subject in the answer.
func (s subject) hidden(at string) field {
	if s.data != "" {
		return field{Name: at + "data", Kind: hidden, Value: string(s.data), Group: s.title()}
	}
	return field{Name: at + "action", Kind: hidden, Value: string(s.action), Group: s.title()}
}

func answerFields(c casework.Case, at string, s subject) []field {
	chosen := string(s.determined)
	if !slices.Contains(s.may, s.determined) {
		chosen = ""
	}
	out := []field{
		s.hidden(at),
		{Name: at + "answer", Label: "Answer", Kind: radios, Value: chosen, Required: true, Choices: choices(s.may...)},
		{Name: at + "reason", Label: "Reason", Hint: "needed where the answer differs from the determination, or is narrower", Kind: text},
	}
	if slices.Contains(s.may, casework.Permit) && s.data != "" {
		out = append(out, scopeFields(c, at+"scope.", s)...)
	}
	for i := range out {
		out[i].Group = s.title()
	}
	return out
}

// scopeFields narrow what is permitted; left empty, nothing is narrower than demanded and determined.
func scopeFields(c casework.Case, at string, s subject) []field {
	out := []field{}
	if s.data == casework.Subscriber {
		fields := s.limits
		if len(fields) == 0 {
			fields = casework.SubscriberFields
		}
		out = append(out, field{Name: at + "fields", Label: "Only these fields", Kind: checks, Choices: choices(fields...)})
	}
	if accounts := accountChoices(c); len(accounts) > 1 {
		out = append(out, field{Name: at + "targets", Label: "Only these accounts", Kind: checks, Choices: accounts})
	}
	return append(out, field{Name: at + "from", Label: "Only from", Kind: date}, field{Name: at + "to", Label: "Only to", Kind: date})
}

// accountChoices are the accounts that the targets name.
func accountChoices(c casework.Case) []choice {
	out := []choice{}
	for _, a := range c.Accounts {
		if a.Account != "" && !slices.ContainsFunc(out, func(x choice) bool { return x.Value == a.Account }) {
			out = append(out, choice{a.Account, a.Account})
		}
	}
	return out
}

// spread gives the reason for the whole to every answer that differs and has none of its own, so that it stands in the
// decision that is kept.
func spread(b *casework.ReviewBody, c casework.Case) {
	for i, a := range b.Answers {
		if a.Reason == "" && c.Differs(a) {
			b.Answers[i].Reason = b.Reason
		}
	}
}

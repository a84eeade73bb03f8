package letters

import (
	"strings"
	"time"

	"dueprocess/casework"
)

// NoticeFacts is what a customer is told. Nothing in it is about one account rather than another: several holders may
// have the same notice. Until is the end of the customer's period; Copies are the names of what the customer may read.
type NoticeFacts struct {
	Head

	Authority string
	Country   string // ISO 3166-1
	Data      []casework.Data
	Actions   []casework.DemandedAction
	Until     time.Time
	Copies    []string
}

func (f NoticeFacts) check() *needs {
	n := f.Head.check()
	n.need(f.Instrument != "", "instrument")
	n.need(f.Authority != "", "authority")
	n.need(len(f.Data)+len(f.Actions) > 0, "data")
	return n
}

// WriteNotice tells a customer before anything is disclosed.
func WriteNotice(f NoticeFacts, language string) (Letter, error) {
	n := f.check()
	n.need(!f.Until.IsZero(), "until")
	if err := n.err(); err != nil {
		return Letter{}, err
	}
	d := f.begin(casework.LetterNotice, language)
	d.sayText("%s has received a legal demand for data of your account. We tell you so that you can object before anything is handed over.", d.l.From)
	d.demand(f)
	d.copies(f.Copies)
	d.heading(d.say("How to object"))
	d.sayText("Use the page to which our message led you, and say there why this data should not be handed over.")
	d.sayText("A person reads your objection and decides on it.")
	d.sayText("Until then, nothing of what was asked is handed over, unless the date by which we must answer passes and no court has been asked.")
	d.sayText("You may also ask a court to set the demand aside; if you do, tell us at once which court, and when.")
	d.sayText("We cannot give you legal advice; a lawyer can.")
	d.heading(d.say("What happens next"))
	d.sayText("If you do nothing, we hand over what the law requires once your time to object is over.")
	d.close()
	return d.done(), nil
}

// Why is why a customer is told only now.
type Why string

// The reasons.
const (
	SecrecyRanOut Why = "secrecy_ended"
	SecrecyLifted Why = "secrecy_lifted"
	AnEmergency   Why = "emergency"
	ByLaw         Why = "law"
	OnlyNow       Why = "afterwards" // nothing had to be told before
)

// whys say it to the customer.
var whys = map[Why]string{
	SecrecyRanOut: "An order or a law forbade us to tell you. It bound us until %s.",
	SecrecyLifted: "An order or a law forbade us to tell you. It was lifted on %s.",
	ByLaw:         "The law did not let us tell you earlier.",
	AnEmergency:   "The authority told us that somebody was in danger of death or serious injury, and we decided at once. We tell you as soon as that allows.",
	OnlyNow:       "We handed nothing over, so that nothing had to be told before. We tell you all the same.",
}

// DelayedNoticeFacts is what a customer is told afterwards. Day is that on which the secrecy ended or was lifted;
// Disclosed is what was handed over, and when; Offered is what lies ready and the authority has not fetched.
type DelayedNoticeFacts struct {
	NoticeFacts

	Why         Why
	Day         casework.Date
	Disclosed   []casework.Data
	DisclosedOn casework.Date
	Offered     []casework.Data
}

// WriteDelayedNotice tells a customer afterwards, and why only now.
func WriteDelayedNotice(f DelayedNoticeFacts, language string) (Letter, error) {
	n := f.check()
	n.need(whys[f.Why] != "", "why")
	if f.Why == SecrecyRanOut || f.Why == SecrecyLifted {
		n.need(f.Day != "", "day")
	}
	if len(f.Disclosed) > 0 {
		n.need(f.DisclosedOn != "", "disclosed_on")
	}
	if err := n.err(); err != nil {
		return Letter{}, err
	}
	d := f.begin(casework.LetterDelayedNotice, language)
	d.sayText("%s has received a legal demand for data of your account, and tells you of it now.", d.l.From)
	d.demand(f.NoticeFacts)
	d.heading(d.say("Why only now"))
	if why := d.say(whys[f.Why]); strings.Contains(why, "%s") {
		d.sayText(whys[f.Why], d.day(f.Day))
	} else {
		d.text(why)
	}
	d.heading(d.say("What was handed over"))
	if len(f.Disclosed) > 0 {
		d.sayText("On %s we handed over: %s.", d.day(f.DisclosedOn), series(d.tongue, f.Disclosed))
	}
	if len(f.Offered) > 0 {
		d.sayText("We made this ready for the authority, which had not fetched it when we wrote this: %s.", series(d.tongue, f.Offered))
	}
	if len(f.Disclosed)+len(f.Offered) == 0 {
		d.sayText("Nothing of your data was handed over.")
	}
	d.copies(f.Copies)
	d.heading(d.say("What you can do"))
	d.sayText("You can turn to the authority or the court named above and ask for a review of the demand and of what was done with your data.")
	d.sayText("We cannot give you legal advice; a lawyer can.")
	d.close()
	return d.done(), nil
}

// begin leaves the head's process and day of receipt to the body, where they are explained.
func (f NoticeFacts) begin(k Kind, language string) *draft {
	h := f.Head
	h.Yours, h.Instrument, h.Number, h.Received = "", "", "", ""
	t := in(language)
	if len(h.To) == 0 {
		h.To = []string{t.say("To the holder of the account")}
	}
	return begin(k, t, h, t.say("A request for your data"))
}

// demand says what was asked, by whom, and until when the customer may object.
func (d *draft) demand(f NoticeFacts) {
	who := f.Authority
	if f.Country != "" {
		who += " (" + f.Country + ")"
	}
	asked := series(d.tongue, f.Data)
	for _, a := range f.Actions {
		asked = strings.TrimPrefix(asked+"; "+d.say(words(a)), "; ")
	}
	d.pairs(
		Pair{d.say("Who asks"), who}, Pair{d.say("With what"), strings.TrimSpace(d.headed(instrument(f.Instrument)) + " " + f.Number)},
		Pair{d.say("Received"), d.day(f.Received)}, Pair{d.say("What is asked"), asked}, Pair{d.say("You may object until"), d.instant(f.Until)},
	)
}

func (d *draft) copies(names []string) {
	if len(names) == 0 {
		return
	}
	d.heading(d.say("Copies for you"))
	d.sayText("On the page to which our message led you, you can read:")
	d.items(names...)
	d.sayText("Where something in a copy is left out or made unreadable, it concerns other people, or the law protects it.")
}

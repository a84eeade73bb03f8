package writing

import (
	"slices"
	"time"

	"dueprocess/casework"
	"dueprocess/letters"
)

// told is what a notice says whenever it goes out. It names nobody's account: several holders may have the same notice.
func (p paper) told() letters.NoticeFacts {
	r := p.Request
	f := letters.NoticeFacts{
		Head:      letters.Head{Provider: p.Provider, Case: p.ID, At: p.at, Instrument: r.Instrument.Type, Number: r.Instrument.Number, Received: p.received()},
		Authority: p.asks(), Country: r.Authority.Country, Data: r.Demand.Data, Actions: r.Demand.Answered(),
	}
	if len(f.Data)+len(f.Actions) == 0 {
		f.Actions = r.Demand.Actions
	}
	for _, d := range p.CopiesForCustomer() {
		f.Copies = append(f.Copies, nameOf(d))
	}
	return f
}

// customerNotice and delayedNotice are held to the one question before any message to a customer (rule 5), as drafts too.
func (p paper) customerNotice() (letters.Letter, error) {
	if !p.MayTell(p.at) {
		return letters.Letter{}, silenced()
	}
	f := p.told()
	f.Until = p.NoticePeriod(p.at)
	return letters.WriteNotice(f, letters.LanguageFor(casework.LetterNotice, p.language))
}

func silenced() error {
	return casework.Refuse(casework.Conflict, "The customer may not be told now: secrecy binds, or there is no duty to tell.")
}

func (p paper) delayedNotice() (letters.Letter, error) {
	if !p.MayTell(p.at) {
		return letters.Letter{}, silenced()
	}
	f := letters.DelayedNoticeFacts{NoticeFacts: p.told()}
	f.Why, f.Day = p.why()
	f.Disclosed, f.DisclosedOn = p.handedOver()
	f.Offered = p.offered(f.Disclosed)
	return letters.WriteDelayedNotice(f, letters.LanguageFor(casework.LetterDelayedNotice, p.language))
}

// why is why the customer is told only now.
func (p paper) why() (letters.Why, casework.Date) {
	n, _ := p.notice()
	over, _ := p.handedOver()
	switch s := p.Secrecy; {
	case s.Kind.HasForce() && s.LiftedAt != nil:
		return letters.SecrecyLifted, casework.DateOf(*s.LiftedAt, time.UTC)
	case s.Kind.HasForce() && s.Until != "":
		return letters.SecrecyRanOut, s.Until
	case n.Kind == casework.AfterEmergency:
		return letters.AnEmergency, ""
	case len(over) == 0:
		return letters.OnlyNow, ""
	}
	return letters.ByLaw, ""
}

// handedOver are the categories that the authority has, and the day since when it has the last of them.
func (p paper) handedOver() (data []casework.Data, on casework.Date) {
	for _, d := range p.Disclosures {
		if d.Status != casework.ParcelReceived {
			continue
		}
		for _, x := range d.Data {
			if !slices.Contains(data, x) {
				data = append(data, x)
			}
		}
		if d.ReceivedAt != nil {
			on = max(on, casework.DateOf(*d.ReceivedAt, time.UTC))
		}
	}
	if len(data) > 0 && on == "" {
		on = p.today()
	}
	return data, on
}

// offered are the categories that lie ready for an officer who has not fetched them, less those that were handed over.
func (p paper) offered(already []casework.Data) (data []casework.Data) {
	if p.Stage == casework.InClosed {
		return nil
	}
	for _, d := range p.Disclosures {
		if d.Status != casework.ParcelReleased && d.Status != casework.ParcelDelivered && d.Status != casework.ParcelExpired {
			continue
		}
		for _, x := range d.Data {
			if !slices.Contains(already, x) && !slices.Contains(data, x) {
				data = append(data, x)
			}
		}
	}
	return data
}

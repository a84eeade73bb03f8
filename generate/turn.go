package generate

import (
	"slices"
	"time"

	"dueprocess/casework"
)

// turn is what this life's fate has somebody do, once its time has come.
func (l *life) turn() intention {
	if l.done["turned"] || l.c.Determination == nil {
		return intention{}
	}
	i := l.fated()
	if i.body != nil && l.next.action != i.action && l.c.Stage == casework.InClosed && l.fate != kept {
		return intention{}
	}
	return i
}

func (l *life) fated() intention {
	switch l.fate {
	case withdrawn:
		return l.unlessReleased(l.does(casework.Withdraw, outsider(casework.AuthorityKind, l.c.Request.Officer.Email), 4*day, &casework.WithReason{Reason: "no longer needed"}))
	case duplicate:
		return l.unlessReleased(l.does(casework.Close, l.reviewer(), 30*hour, &casework.CloseBody{Resolution: casework.ResolvedDuplicate, Reason: "the same as an earlier one"}))
	case paused:
		return l.pause()
	case extended:
		return l.extend()
	case kept:
		return l.holdOnce()
	case walled:
		return l.wall()
	case contested:
		return l.contestSecrecy()
	case ordinary:
	}
	return intention{}
}

// unlessReleased: what has left the house cannot be taken back.
func (l *life) unlessReleased(i intention) intention {
	gone := slices.ContainsFunc(l.c.Disclosures, func(d casework.Disclosure) bool {
		return d.Status != casework.ParcelCollecting && d.Status != casework.ParcelReady && d.Status != casework.ParcelDropped
	})
	if gone || l.c.Stage == casework.InClosed {
		l.done["turned"] = true
		return intention{}
	}
	return i
}

func (l *life) pause() intention {
	last := len(l.c.Pauses) - 1
	switch {
	case last < 0 && l.c.Stage == casework.InLegalReview:
		return l.does(casework.PauseClock, l.manager(), 8*hour, &casework.PauseBody{Reason: casework.AgreedWithAuthority})
	case last >= 0 && l.c.Pauses[last].To == nil && l.c.Stage != casework.InClosed:
		return l.does(casework.ResumeClock, l.manager(), 22*day, &casework.Nothing{})
	}
	return intention{}
}

func (l *life) extend() intention {
	i := slices.IndexFunc(l.c.Deadlines, func(d casework.Deadline) bool { return d.Kind == casework.DueRespond })
	if i < 0 || l.c.Stage != casework.InLegalReview || len(l.c.Work.Moves) > 0 {
		return intention{}
	}
	until := l.c.Deadlines[i].Date.AddDays(14)
	return l.does(casework.ExtendDeadline, l.manager(), 10*hour, &casework.ExtendBody{Kind: casework.DueRespond, Until: until, Reason: "agreed with the authority"})
}

// holdOnce holds a case against purge.
func (l *life) holdOnce() intention {
	if l.c.Held || l.c.Stage == casework.InReceipt {
		return intention{}
	}
	return l.does(casework.Hold, l.reviewer(), 9*day, &casework.WithReason{Reason: "litigation about it is pending"})
}

// wall restricts a case that is none of national security.
func (l *life) wall() intention {
	if l.c.Restricted || l.c.Stage != casework.InLegalReview {
		return intention{}
	}
	members := []string{olivia.Name, rosa.Name, rafael.Name}
	return l.does(casework.Restrict, l.reviewer(), 6*hour, &casework.RestrictBody{Members: members, Reason: "a public figure"})
}

// contestSecrecy challenges a silence that lasts too long; what follows is recorded with the other rulings.
func (l *life) contestSecrecy() intention {
	has := len(l.c.Challenges) > 0
	switch {
	case !has && l.c.Secrecy.Binds(l.now) && l.c.Stage == casework.InLegalReview:
		return l.does(casework.FileChallenge, l.reviewer(), 10*hour, &casework.ChallengeBody{
			Kind: casework.SecrecyOnly, Court: l.c.Request.Instrument.Issuer.Name, FiledOn: casework.DateOf(l.now, time.UTC),
		})
	case has && l.c.Challenges[0].Kind == casework.SecrecyOnly && l.c.Challenges[0].Status == casework.ChallengeOpen && l.c.Stage != casework.InClosed:
		return intention{}
	}
	return intention{}
}

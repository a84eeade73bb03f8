package casework

func (c Case) disclosureResolution() Resolution {
	if c.Decision != nil && c.Decision.Outcome == OutcomeDisclose && !c.upheld() && !c.Work.HoldRefused {
		return ResolvedDisclosed
	}
	return ResolvedDisclosedInPart
}

func withdraw(t *turn, _ Act, b WithReason) error {
	t.record(WasWithdrawn, nil, entry{"reason": b.Reason})
	t.close(ResolvedWithdrawn)
	return nil
}

func closeByHand(t *turn, _ Act, b CloseBody) error {
	t.record(Closed, nil, entry{"resolution": string(b.Resolution), "reason": b.Reason})
	t.closeQuietly(b.Resolution)
	return nil
}

// close ends the case's way; what outlives it (delayed notice, preservation) goes on in the stage closed.
func (t *turn) close(r Resolution) bool {
	if t.c.Stage == InClosed {
		return false
	}
	t.bySystem(Closed, nil, entry{"resolution": string(r)})
	t.closeQuietly(r)
	t.produced(r)
	return true
}

func (t *turn) closeQuietly(r Resolution) {
	t.c.Resolution, t.c.Work.ClosedAt, t.c.Work.Clarification = &r, &t.at, nil
	t.cancel(func(e Effect) bool {
		return e.Kind == DoCollect || e.Kind == DoSeal || e.Kind == DoResolve || e.Mail == MailNotice || e.Mail == MailClarify || e.Mail == MailRemind
	})
	t.enter(InClosed)
}

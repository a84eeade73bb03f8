package letters

import "dueprocess/casework"

// AcknowledgementFacts is what a confirmation of receipt says. RespondBy is empty where no day is known yet.
type AcknowledgementFacts struct {
	Head

	RespondBy casework.Date
	Documents []ServedDocument
}

// ServedDocument is a paper as it was received.
type ServedDocument struct{ Name, SHA256 string }

// WriteAcknowledgement confirms receipt, and nothing else.
func WriteAcknowledgement(f AcknowledgementFacts) (Letter, error) {
	n := f.aboutProcess()
	for i, x := range f.Documents {
		n.need(x.Name != "" && x.SHA256 != "", at("documents", i))
	}
	if err := n.err(); err != nil {
		return Letter{}, err
	}
	d := begin(casework.LetterAcknowledgement, english, f.Head, "We have received your request")
	d.text("We confirm that the legal process named above reached us on the day named above. This letter confirms receipt and nothing else: it does not " +
		"say that an account exists, that we hold what is asked for, or that anything will be disclosed.")
	d.heading("What happens next")
	d.items(
		"We make sure that the request comes from the authority that it names, by a way that does not rest on the request itself. "+
			"We may call you on a number that we have from another source.",
		"We hold the process against the law that governs each category of data that it asks for.",
		"If something is missing or unclear, we tell you everything at once.",
		"We answer in writing, for each category.",
	)
	if f.RespondBy != "" {
		d.text("By the day that the process sets, " + d.day(f.RespondBy) + ", we answer or tell you why we cannot.")
	}
	d.heading("Notice to the customer")
	d.text("Unless a law or an order of a court forbids it, we tell our customer of a request before we disclose anything. If an order forbids it, send it " +
		"to us now, with its basis and its end. A mere wish for secrecy does not bind us.")
	if len(f.Documents) > 0 {
		d.heading("What we received")
		list := []Pair{}
		for _, x := range f.Documents {
			list = append(list, Pair{"Document", x.Name}, Pair{"SHA-256", x.SHA256})
		}
		d.pairs(list...)
	}
	d.text("Please name our reference in every message.")
	d.close()
	return d.done(), nil
}

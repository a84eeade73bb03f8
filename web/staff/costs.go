package staff

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"dueprocess/casework"
	"dueprocess/letters"
	"dueprocess/letters/writing"
	"dueprocess/web/ui"
)

// costsPage is where somebody states what a disclosure has cost. Only a letter comes of it; nothing is kept.
type costsPage struct {
	ui.Frame
	Case     casework.Case
	Currency string
	Law      string // of the issuing State, for an EU certificate
	Rows     []costRow
	Refused  *ui.Refusal
}

// costRow is one cost as it was typed.
type costRow struct{ N, What, Many, Each string }

const (
	costRows   = 6
	mostOfCost = 300 // characters in a row's text
)

var (
	costsTemplate = ui.Parse(files, "costs.html")

	anAmount  = regexp.MustCompile(`^[0-9]{1,7}([.][0-9]{2})?$`)
	aCurrency = regexp.MustCompile(`^[A-Z]{3}$`)
	aNumberOf = regexp.MustCompile(`^[1-9][0-9]{0,5}$`)
)

func (p *pages) costs(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	c, err := p.read(r, user)
	if err != nil {
		return err
	}
	if !writing.PaysCosts(c) {
		_, err := writing.StateCosts(c, writing.Costs{}, p.Papers(), p.Now())
		return err
	}
	currency := "USD"
	if c.Request.Instrument.Type.IsEU() {
		currency = "EUR"
	}
	page := costsPage{Frame: p.frame(r, "Costs of "+c.ID, user), Case: c, Currency: currency, Rows: typedCosts(r)}
	return costsTemplate.Render(w, http.StatusOK, page)
}

// stateCosts writes the letter, as a page or as a PDF; what is wrong is said at once, with everything still typed.
func (p *pages) stateCosts(w http.ResponseWriter, r *http.Request, user casework.Actor) error {
	c, err := p.read(r, user)
	if err != nil {
		return err
	}
	if err := readForm(w, r); err != nil {
		return err
	}
	page := costsPage{
		Frame: p.frame(r, "Costs of "+c.ID, user), Case: c, Rows: typedCosts(r),
		Currency: strings.TrimSpace(r.PostForm.Get("currency")), Law: strings.TrimSpace(r.PostForm.Get("law")),
	}
	l, err := p.costStatement(page)
	if casework.CodeOf(err) == casework.Invalid {
		page.Title, page.Refused = "Not written: "+page.Title, ui.Refused("The statement is not written", err)
		return costsTemplate.Render(w, ui.StatusOf(err), page)
	}
	if err != nil {
		return err
	}
	if err := p.Registry.Looked(r.Context(), c.ID, user, "draft of "+string(l.Kind), casework.Truncate(p.Now())); err != nil {
		return err
	}
	return writeLetter(w, l, asAsked(r), c.ID+"-costs")
}

func (p *pages) costStatement(page costsPage) (letters.Letter, error) {
	items, faults := page.items()
	if !aCurrency.MatchString(page.Currency) {
		faults = append(faults, casework.Fault{Path: "currency", Message: "must be three capital letters, such as USD"})
	}
	if page.Case.Request.Instrument.Type.IsEU() && page.Law == "" {
		faults = append(faults, casework.Fault{Path: "law", Message: "is missing: the law by which the issuing State pays for orders of its own"})
	}
	if len(faults) > 0 {
		return letters.Letter{}, casework.Faulty(faults)
	}
	return writing.StateCosts(page.Case, writing.Costs{Currency: page.Currency, Items: items, Law: page.Law}, p.Papers(), casework.Truncate(p.Now()))
}

// items are the rows in which something was typed.
func (page costsPage) items() (items []letters.CostItem, faults []casework.Fault) {
	for _, row := range page.Rows {
		if row.What+row.Many+row.Each == "" {
			continue
		}
		item, wrong := row.item()
		items, faults = append(items, item), append(faults, wrong...)
	}
	if len(items) == 0 {
		faults = append(faults, casework.Fault{Path: "row 1", Message: "is empty: name at least one cost"})
	}
	return items, faults
}

func (row costRow) item() (item letters.CostItem, faults []casework.Fault) {
	wrong := func(field, message string) {
		faults = append(faults, casework.Fault{Path: "row " + row.N + ", " + field, Message: message})
	}
	if row.What == "" || len([]rune(row.What)) > mostOfCost {
		wrong("for", fmt.Sprintf("must say what the cost is for, in at most %d characters", mostOfCost))
	}
	if !aNumberOf.MatchString(row.Many) {
		wrong("number", "must be a whole number from 1 to 999999")
	}
	if !anAmount.MatchString(row.Each) || strings.Trim(row.Each, "0.") == "" {
		wrong("each", "must be an amount such as 125.00, more than nothing and less than ten million")
	}
	item.What = row.What
	item.Many, _ = strconv.Atoi(row.Many) // held to its pattern above
	item.Each = hundredths(row.Each)
	return item, faults
}

// hundredths of an amount that has two decimals or none.
func hundredths(amount string) int {
	whole, part, _ := strings.Cut(amount, ".")
	n, _ := strconv.Atoi(whole + (part + "00")[:2]) // what is no amount was refused
	return n
}

func typedCosts(r *http.Request) []costRow {
	rows := make([]costRow, costRows)
	for i := range rows {
		n := strconv.Itoa(i + 1)
		typed := func(field string) string { return strings.TrimSpace(r.PostForm.Get(field + "_" + n)) }
		rows[i] = costRow{N: n, What: typed("what"), Many: typed("many"), Each: typed("each")}
	}
	return rows
}

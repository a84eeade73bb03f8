package letters

import (
	"fmt"
	"strconv"

	"dueprocess/casework"
)

// CostFacts is what the provider asks to be paid. Amounts are in hundredths of the currency (ISO 4217).
type CostFacts struct {
	Head

	Currency string
	Items    []CostItem
	Law      string // of the issuing State, by which it pays for its own orders; for an EU certificate
}

// CostItem is one cost: how many, and how much each.
type CostItem struct {
	What string
	Many int
	Each int
}

// WriteCostStatement asks the authority to pay what the law says it pays.
func WriteCostStatement(f CostFacts) (Letter, error) {
	n := f.aboutProcess()
	n.need(len(f.Currency) == 3, "currency")
	n.need(len(f.Items) > 0, "items")
	for i, x := range f.Items {
		n.need(x.What != "" && x.Many > 0 && x.Each > 0, at("items", i))
	}
	if f.Instrument.IsEU() {
		n.need(f.Law != "", "law")
	}
	if err := n.err(); err != nil {
		return Letter{}, err
	}
	d := begin(casework.LetterCostStatement, english, f.Head, "Statement of costs")
	if f.Instrument.IsEU() {
		d.text("Where the law of the issuing State provides that it pays for orders of its own authorities in similar situations, the same applies to this " +
			"certificate (Regulation (EU) 2023/1543 Art. 14). We claim the costs below under: " + f.Law + ".")
	} else {
		d.text("The costs below were reasonably necessary and directly incurred in searching for, assembling and reproducing what was disclosed; the authority " +
			"that obtains it pays them (18 USC 2706(a)). The amount is as agreed between us; where we do not agree, the court that issued the process sets it " +
			"(18 USC 2706(b)).")
	}
	d.table(f.table())
	d.heading("Payment")
	d.text("Please pay the total, naming our reference. If you do not agree with an item, tell us which and why within thirty days. What was disclosed does not " +
		"depend on payment.")
	d.close()
	return d.done(), nil
}

func (f CostFacts) table() Table {
	t := Table{Caption: "Costs", Head: []string{"For", "Number", "Each", "Amount"}, Numbers: []int{1, 2, 3}}
	total := 0
	for _, x := range f.Items {
		total += x.Many * x.Each
		t.Rows = append(t.Rows, []string{x.What, strconv.Itoa(x.Many), money(f.Currency, x.Each), money(f.Currency, x.Many*x.Each)})
	}
	t.Rows = append(t.Rows, []string{"Total", "", "", money(f.Currency, total)})
	return t
}

func money(currency string, hundredths int) string {
	whole := strconv.Itoa(hundredths / 100)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return fmt.Sprintf("%s %s.%02d", currency, whole, hundredths%100)
}

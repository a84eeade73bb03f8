package policy

import (
	"dueprocess/casework"

	"github.com/goccy/go-yaml/ast"
)

// leastBand is the narrowest in which national security process of half a year may be published (50 USC 1874(a)(3)).
const leastBand = 250

// Publishing is how the provider publishes what it received.
type Publishing struct {
	Band     int // the width of bands of national security process; 0: the narrowest that is lawful
	Fewest   int // countries from which fewer requests came are put together; 0: none are
	Canaries []Canary
}

// Canary is something that the provider has never done, said by somebody on a day.
type Canary struct {
	Text       string
	AttestedBy string
	AttestedOn casework.Date
}

// publishing reads {band: 500, fewest: 5, canaries: [{text: …, attested_by: …, attested_on: 2026-07-01}]}.
func (r *reader) publishing(n ast.Node, p *Publishing) {
	r.fields(n, map[string]func(ast.Node){
		"band":     func(n ast.Node) { p.Band = r.number(n, leastBand) },
		"fewest":   func(n ast.Node) { p.Fewest = r.number(n, 0) },
		"canaries": func(n ast.Node) { p.Canaries = r.canaries(n) },
	})
}

func (r *reader) canaries(n ast.Node) []Canary {
	out := []Canary{}
	for _, item := range r.items(n) {
		c := Canary{}
		r.fields(item, map[string]func(ast.Node){
			"text":        func(n ast.Node) { c.Text = r.text(n) },
			"attested_by": func(n ast.Node) { c.AttestedBy = r.text(n) },
			"attested_on": func(n ast.Node) { c.AttestedOn = r.date(n) },
		})
		if c.Text == "" || c.AttestedBy == "" || c.AttestedOn == "" {
			r.fault(item, "needs text, attested_by and attested_on: somebody says it on a day")
		}
		out = append(out, c)
	}
	return out
}

// Package ui is what all pages share: the layout and its style sheet, the headers that keep a browser from doing
// anything else, the words in which people read the vocabulary, the small parts that pages are put together from, and the
// page of an error. It knows no case store and decides nothing. The packages staff and portal call it.
//
// # Making a page
//
// A page is a struct that embeds Frame, a file that defines "content", and
//
//	var stuckTemplate = ui.Parse(files, "stuck.html")
//	...
//	return stuckTemplate.Render(w, http.StatusOK, stuckPage{Frame: p.frame(r, "Stuck work", user), ...})
//
// Plain elements look right by themselves: h1 to h3, p, ul, table, form, label, input, select, textarea, button, details.
// No style attribute and no inline script: the policy lets neither through. A page whose style is its own adds a file to
// static and its name to sheets (static.go); colours come from tokens.css alone, so that they hold in the dark too.
//
// In templates:
//
//	{{words .Stage}} {{Words .Stage}}         a word of a vocabulary; at the beginning of a line
//	{{$.Stamp .At}} {{$.Brief .At}}           an instant in the viewer's zone, with its name; for a table
//	{{inTable .Instrument}}                   a word in few letters, for a column
//	{{instantIn .Due .Zone}}                  a deadline where it governs: "4 December 2026, 17:00 New York"
//	{{day .On}} {{short .SHA256}} {{lines .}} a date; the beginning of a digest; a list with commas
//	{{left .Due .Now}}                        "4 h left", "2 d overdue"
//	{{icon .State}}                           the picture of a word, where it has one; say the word too
//
// Parts (parts.html, parts.go), each called with its struct:
//
//	{{template "tag" .Status}}      a word of a vocabulary, coloured, with its icon
//	{{template "clock" .Clock}}     Clock, from ClockOf: colour, icon, words, what is due
//	{{template "refusal" .Refused}} *Refusal, from Refused: over the form that is still filled
//	{{template "banner" .Done}}     Banner: something happened, or one must know
//	{{template "pager" .Pager}}     Pager
//	{{template "rail" .Rail}}       Rail, from RailOf
//
// Classes:
//
//	dl.facts                      a summary list of names and values
//	.scroll                       round a wide table: <div class="scroll" role="region" aria-label="…" tabindex="0">
//	table.stack                   on a narrow screen a row is a small list; each td says data-label="Column"
//	th.number td.number           figures, to the right, of equal width; .nowrap; small under a value stands on its own line
//	.calm                         an empty state: what there is not, and what to do next
//	.next                         what matters most on the page, in a row of facts
//	ul.tabs > li > a[aria-current], .count   views with counts
//	ul.cards                      an index
//	form.filter, .grow            filters in a row over a list
//	p.field, .hint, .wrong, .row, .buttons   the fields of a form
//	button.quiet button.danger button.link a.button   what is not the page's main button
//	.columns                      a page of two columns; .narrow one of reading width
//	.plot                         an inline SVG (plots.css names its parts), in a figure with its table
//	.hidden                       for those who hear the page
//
// GOV.UK Frontend's and MOJ Frontend's own classes may be used for the components that vendored/look.scss names.
package ui

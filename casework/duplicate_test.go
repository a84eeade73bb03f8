package casework

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// alikeIn is what two requests have in common.
func alikeIn(a, b Request) (out []Particular) {
	for _, p := range Particulars {
		if slices.ContainsFunc(a.Likenesses(), func(l Likeness) bool { return l.In == p && slices.Contains(b.Likenesses(), l) }) {
			out = append(out, p)
		}
	}
	return out
}

func served() Request {
	return Request{
		Authority:  Authority{Name: "Polizei Düsseldorf", Unit: "KK 21", Country: "DE", Kind: LawEnforcement},
		Instrument: Instrument{Type: SearchWarrant, Number: "1:26-mj-04417"}, Matter: Matter{Reference: "Az. 77/26"},
		Documents: []Document{{SHA256: strings.Repeat("ab", 32)}},
	}
}

func TestWhatARequestIsKnownAgainBy(t *testing.T) {
	all := Particulars
	for name, x := range map[string]struct {
		change func(r *Request)
		want   []Particular
	}{
		"the same":                          {func(*Request) {}, all},
		"written otherwise":                 {func(r *Request) { r.Instrument.Number, r.Matter.Reference = "\t1:26-MJ-04417 ", " az.  77/26\n" }, all},
		"the authority in capitals":         {func(r *Request) { r.Authority.Name = "POLIZEI  DÜSSELDORF" }, all},
		"another unit":                      {func(r *Request) { r.Authority.Unit = "" }, all},
		"the digest in capitals":            {func(r *Request) { r.Documents[0].SHA256 = strings.Repeat("AB", 32) }, all},
		"a document more":                   {func(r *Request) { r.Documents = append(r.Documents, Document{SHA256: "cd"}) }, all},
		"another number":                    {func(r *Request) { r.Instrument.Number = "1:26-mj-04418" }, []Particular{AlikeDocument, AlikeReference}},
		"another document":                  {func(r *Request) { r.Documents[0].SHA256 = "cd" }, []Particular{AlikeNumber, AlikeReference}},
		"another reference":                 {func(r *Request) { r.Matter.Reference = "Az. 78/26" }, []Particular{AlikeNumber, AlikeDocument}},
		"another country":                   {func(r *Request) { r.Authority.Country = "AT" }, []Particular{AlikeDocument}},
		"another instrument":                {func(r *Request) { r.Instrument.Type = CourtOrder }, []Particular{AlikeNumber, AlikeDocument}},
		"another authority":                 {func(r *Request) { r.Authority.Name = "Polizei" }, []Particular{AlikeNumber, AlikeDocument}},
		"a word between name and reference": {func(r *Request) { r.Authority.Name, r.Matter.Reference = "Polizei", "Düsseldorf Az. 77/26" }, []Particular{AlikeNumber, AlikeDocument}},
		"number and reference crossed":      {func(r *Request) { r.Instrument.Number, r.Matter.Reference = r.Matter.Reference, r.Instrument.Number }, []Particular{AlikeDocument}},
		"nothing":                           {func(r *Request) { *r = Request{Authority: r.Authority} }, nil},
	} {
		r := served()
		x.change(&r)
		if got := alikeIn(served(), r); !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, not %v", name, got, x.want)
		}
	}
}

// What stands on many papers names none of them.
func TestWhatNamesNoPaper(t *testing.T) {
	for _, word := range []string{"", "  ", "n/a", "none", "-", "unbekannt"} {
		r := served()
		r.Instrument.Number, r.Matter.Reference = word, word
		r.Documents = []Document{{SHA256: ""}, {SHA256: sumOfNothing}, {SHA256: strings.ToUpper(sumOfNothing)}}
		if got := r.Likenesses(); len(got) > 0 {
			t.Errorf("%q: %v", word, got)
		}
	}
	r := served()
	r.Authority.Name = " "
	if got := alikeIn(r, r); !slices.Equal(got, []Particular{AlikeNumber, AlikeDocument}) {
		t.Errorf("without an authority's name: %v", got)
	}
}

func TestATerritoryIsOfItsState(t *testing.T) {
	a, b := served(), served()
	a.Authority.Country, b.Authority.Country = "PR", "US"
	if got := alikeIn(a, b); !slices.Equal(got, Particulars) {
		t.Errorf("%v", got)
	}
}

func TestLikenessesAreBounded(t *testing.T) {
	r := served()
	for i := range 100 {
		r.Documents = append(r.Documents, Document{SHA256: strconv.Itoa(i)}, Document{SHA256: strconv.Itoa(i)})
	}
	got := r.Likenesses()
	if len(got) > mostCompared+2 {
		t.Errorf("%d of them", len(got))
	}
	if !slices.IsSortedFunc(got, func(a, b Likeness) int { return strings.Compare(a.Digest, b.Digest) }) || len(slices.Compact(slices.Clone(got))) != len(got) {
		t.Error("each once, in one order")
	}
	for _, l := range got {
		if !l.In.Valid() || len(l.Digest) != 32 {
			t.Errorf("%v", l)
		}
	}
}

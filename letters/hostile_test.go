package letters

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

// hostile are texts that others could write where a letter takes facts from them.
var hostile = map[string]string{
	"markup":       `<script>alert(1)</script><img src=x onerror="alert(1)"> & </main> {{.From}} %s %!d(string=x) "quoted" 'single'`,
	"marks":        "a\u202Eright to left\u202C\u2066isolated\u2069\u200B\u200Fjoined\uFEFF\u00ADsoft",
	"controls":     "one\x00two\x07three\x1b[31mred\x1b[0m\ffeed\vtab\tnew\r\nline\u0085next\u2028sep\u2029par",
	"broken":       "bad \xff\xfe bytes \xc3( and \xed\xa0\x80",
	"long":         strings.Repeat("x", 10_000),
	"long words":   strings.Repeat("Rechtsschutzversicherungsgesellschaften ", 250),
	"pdf":          `(unbalanced \( ) Tj ET Q endstream endobj \n <feff> ]TJ`,
	"Latin":        "Żółć Ærøskøbing Čeština Þórr ĲsselŁódź",
	"Greek":        "Παπαδοπούλου Ἀθῆναι",
	"Cyrillic":     "Иванова Ђорђевић Київ",
	"Arabic":       "مكتب النائب العام",
	"Hebrew":       "פרקליטות המדינה",
	"Chinese":      "最高人民检察院",
	"Devanagari":   "केन्द्रीय अन्वेषण ब्यूरो",
	"beyond":       "😀 𝔉𝔯𝔞𝔨𝔱𝔲𝔯 𠮷野家",
	"combined":     "e\u0301 n\u0303 a\u030A",
	"nothing":      "\u200B\u200F\x01",
	"alias":        "{pages} {nb}",
	"empty":        "",
	"many returns": strings.Repeat("\n", 5000) + "end",
}

// facts with one text wherever a text may be.
func withText(s string) map[Kind]func() (Letter, error) {
	head := func() Head {
		return Head{Provider: "P " + s, Case: "LR-2026-000123", At: sampleDay, To: []string{"To " + s}, Yours: s, Instrument: casework.SearchWarrant, Number: s, Received: "2026-11-20"}
	}
	reasons := []casework.Reason{{Rule: "r", Citation: s, Sentence: "Because " + s}}
	filing := func() FilingFacts {
		return FilingFacts{Head: head(), Court: s, Asks: "asks " + s, Data: []casework.Data{casework.Content}, Grounds: reasons}
	}
	epoc := head()
	epoc.Instrument = casework.EPOC
	return map[Kind]func() (Letter, error){
		casework.LetterClarification: func() (Letter, error) {
			return WriteClarification(ClarificationFacts{Head: head(), Items: []casework.Fault{{Path: s, Message: "m " + s}}})
		},
		casework.LetterAnswer: func() (Letter, error) {
			return WriteAnswer(AnswerFacts{Head: head(), Parts: []AnsweredPart{{Data: casework.Subscriber, Answer: casework.Permit, Reasons: reasons}}})
		},
		casework.LetterReferral: func() (Letter, error) {
			return WriteReferral(ReferralFacts{Head: head(), Way: Way{Country: "C " + s, Form: "treaty", CentralAuthority: s}, Data: []casework.Data{casework.Content}, Reasons: reasons})
		},
		casework.LetterComityMotion: func() (Letter, error) {
			return WriteComityMotion(ComityFacts{FilingFacts: filing(), Country: s, Person: s})
		},
		casework.LetterAnnexIII: func() (Letter, error) {
			return WriteAnnexIII(AnnexFacts{Head: epoc, IssuingState: s, IssuingAuthority: "i " + s, Reasons: []AnnexReason{ConflictingDuty}, Explanation: s, Conflict: ContentConflict("p"+s, s), Needed: []string{s}, Preserved: true})
		},
		casework.LetterNotice: func() (Letter, error) {
			f := sampleNotice()
			f.Provider, f.Authority, f.Country, f.Number, f.Copies = "P "+s, "A "+s, s, s, []string{s, "c " + s}
			return WriteNotice(f, "de")
		},
		casework.LetterCertificate: func() (Letter, error) {
			c := sampleCertificate()
			c.Provider, c.Authority, c.Number, c.Custodian = "P "+s, s, s, s
			c.Files = append(c.Files, CertifiedFile{"p " + s, s + "x", 1, s, "by " + s, sampleDay})
			return WriteCertificate(c)
		},
		casework.LetterCostStatement: func() (Letter, error) {
			return WriteCostStatement(CostFacts{Head: head(), Currency: "EUR", Items: []CostItem{{"w " + s, 1, 100}, {"other", 2, 1}}})
		},
	}
}

// Whatever others write, a letter holds it as text: nothing of it acts in a page or a PDF, nothing that cannot be seen is
// in it, nothing runs off the page, and both forms say the same.
func TestHostileTextIsHarmlessInBothForms(t *testing.T) {
	t.Parallel()
	for name, s := range hostile {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for kind, write := range withText(s) {
				l, err := write()
				require.NoError(t, err, kind)
				requireReadable(t, l)
				page := htmlOf(t, l)
				require.NotRegexp(t, `<(script|img|style|iframe|object|svg)|\son[a-z]+=|\sstyle=|javascript:`, markupOf(page), kind)
				require.Equal(t, squeezed(l.Text()), squeezed(pageWords(t, l)), kind)
				pdf := pdfOf(t, l)
				require.NotContains(t, string(pdf), "/S /JavaScript")
				require.NotContains(t, string(pdf), "/S /URI")
				if kind == casework.LetterNotice || len(s) < 2000 { // pdftotext takes seconds for each that is longer; and a cell taller than a page is parted among pages
					require.Equal(t, squeezed(printed(l.Text())), squeezed(pdfText(t, l)), kind)
				}
			}
		})
	}
}

// markupOf is a page without the text between its tags.
func markupOf(page string) string { return regexp.MustCompile(`>[^<]*<`).ReplaceAllString(page, "><") }

// squeezed is a text without white space, which lines that are broken within a word add.
func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

func requireReadable(t *testing.T, l Letter) {
	t.Helper()
	for _, r := range l.Text() {
		if r != '\n' {
			require.True(t, unicode.IsGraphic(r) && !unicode.Is(unicode.Cf, r), "%U", r)
		}
	}
}

func TestWhatTheTypeLacksStandsAsBoxesAndIsSaid(t *testing.T) {
	const saysSo = "Where a small box stands in the printed form"
	for s, boxes := range map[string]int{"Иванова Παπαδοπούλου": 0, "最高人民检察院": 7, "פרקליטות": 8, "𠮷野家": 3} {
		f := sampleClarification()
		f.To = []string{s}
		l, err := WriteClarification(f)
		require.NoError(t, err)
		require.Contains(t, htmlOf(t, l), s, "the page shows it")
		require.Equal(t, boxes, strings.Count(pdfText(t, l), string(box)))
		require.Equal(t, boxes > 0, strings.Contains(l.Text(), saysSo))
	}
}

func TestEveryLetterOfEqualFactsHasEqualBytes(t *testing.T) {
	eachLetter(t, func(t *testing.T, _ string, l Letter) {
		t.Helper()
		again, err := Preview(l.Kind, l.Language)
		require.NoError(t, err)
		require.True(t, bytes.Equal(pdfOf(t, l), pdfOf(t, again)))
		require.Equal(t, htmlOf(t, l), htmlOf(t, again))
		require.NotContains(t, string(pdfOf(t, l)), "D:"+time.Now().UTC().Format("20060102"), "nothing of today is in it")
	})
}

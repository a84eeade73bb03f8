package letters

import (
	"os"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

// keys are the texts between the quotes of what a letter says by the catalogue.
var keys = regexp.MustCompile(`\b(?:say|sayText)\("([^"]+)"`)

func TestEveryTextOfTheCustomersLettersIsThereInEveryLanguage(t *testing.T) {
	texts := []string{}
	for _, file := range []string{"customer.go", "draft.go", "tongue.go"} {
		code, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, m := range keys.FindAllStringSubmatch(string(code), -1) {
			texts = append(texts, m[1])
		}
	}
	require.Greater(t, len(texts), 25)
	texts = append(texts, "Date", "Our reference")
	for _, why := range whys {
		texts = append(texts, why)
	}
	for m := time.January; m <= time.December; m++ {
		texts = append(texts, m.String())
	}
	for _, d := range casework.DataCategories {
		texts = append(texts, words(d))
	}
	for _, a := range (casework.Demand{Actions: casework.DemandedActions}).Answered() {
		texts = append(texts, words(a))
	}
	for _, lang := range Languages(casework.LetterNotice)[1:] {
		for _, text := range texts {
			require.NotEmpty(t, in(lang).words[text], "%s has no translation of %q", lang, text)
		}
		for _, i := range casework.InstrumentTypes {
			require.NotEqual(t, english.headed(words(i)), in(lang).headed(words(i)), lang)
		}
	}
}

// A translation takes the same facts in the same order, or Sprintf would say so in the middle of a letter.
func TestTranslationsTakeTheSameFacts(t *testing.T) {
	verb := regexp.MustCompile(`%[sd]`)
	for _, lang := range []string{"de", "fr"} {
		for english, other := range in(lang).words {
			require.Equal(t, verb.FindAllString(english, -1), verb.FindAllString(other, -1), "%s: %s", lang, english)
		}
	}
}

func TestDaysAreWrittenAsTheLanguageDoes(t *testing.T) {
	at := time.Date(2027, 3, 1, 9, 5, 0, 0, time.UTC)
	for lang, want := range map[string][2]string{
		"en": {"1 March 2027", "1 March 2027, 09:05 UTC"}, "de-AT": {"1. März 2027", "1. März 2027, 09:05 Uhr UTC"}, "FR_ca": {"1er mars 2027", "1er mars 2027 à 09:05 UTC"},
		"pt": {"1 March 2027", "1 March 2027, 09:05 UTC"},
	} {
		require.Equal(t, want, [2]string{in(lang).day("2027-03-01"), in(lang).instant(at)}, lang)
	}
	require.Empty(t, english.day(""))
	require.Empty(t, english.instant(time.Time{}))
}

func TestACatalogueThatIsBrokenIsSaid(t *testing.T) {
	for _, text := range []string{"one", "one\ntwo", "one\n= eins\ntwo"} {
		_, err := ReadCatalogue("xx", text)
		require.Error(t, err, text)
	}
	_, err := Catalogue("xx")
	require.Error(t, err)
}

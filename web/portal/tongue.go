package portal

import (
	"embed"
	"fmt"
	"maps"
	"net/http"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"

	"dueprocess/casework"
	"dueprocess/letters"
	"dueprocess/web/ui"
)

//go:embed tongues/*.txt
var tongues embed.FS

// translations are what the pages for customers say in other languages than English, by the English text.
var translations = func() *catalog.Builder {
	all, err := loadTongues()
	if err != nil {
		panic(err) // a translation that ships broken
	}
	return all
}()

// spoken are the languages of the pages, English first: it is what remains.
var (
	spoken  = []language.Tag{language.English, language.German, language.French}
	matcher = language.NewMatcher(spoken)
)

// loadTongues reads the translations: those that letters have, so that a page and a letter use the same words, and those
// of the pages alone, an English line and the other language's after a "=".
func loadTongues() (*catalog.Builder, error) {
	all := catalog.NewBuilder(catalog.Fallback(language.English))
	for _, tag := range spoken[1:] {
		words, err := letters.Catalogue(tag.String())
		if err != nil {
			return nil, err
		}
		text, err := tongues.ReadFile("tongues/" + tag.String() + ".txt")
		if err != nil {
			return nil, err
		}
		own, err := letters.ReadCatalogue(tag.String(), string(text))
		if err != nil {
			return nil, err
		}
		maps.Copy(words, own)
		for english, translated := range words {
			if err := all.SetString(tag, english, translated); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// tongue says things in one language.
type tongue struct {
	tag     language.Tag
	printer *message.Printer
}

// speak picks the language: the one asked for in the address, else the customer's own as the account has it, else the
// browser's.
func speak(r *http.Request, c casework.Case) tongue {
	_, i := language.MatchStrings(matcher, r.FormValue("lang"), c.Work.Language, r.Header.Get("Accept-Language"))
	return inTongue(spoken[i])
}

func inTongue(tag language.Tag) tongue {
	return tongue{tag, message.NewPrinter(tag, message.Catalog(translations))}
}

// Lang is the language as an address names it.
func (t tongue) Lang() string { return t.tag.String() }

// query keeps the language in the address of the next page; English needs none.
func (t tongue) query() string {
	if t.tag == language.English {
		return ""
	}
	return "?lang=" + t.Lang()
}

// Say is an English text in the language of the page.
func (t tongue) Say(english string, args ...any) string {
	return t.printer.Sprintf(message.Key(english, english), args...)
}

// Word is a word of a vocabulary.
func (t tongue) Word(w any) string { return t.Say(ui.Words(fmt.Sprint(w))) }

// Headed is a word of a vocabulary at the beginning of a line.
func (t tongue) Headed(w any) string { return t.Say(ui.Title(w)) }

// Instant is a time as it is written in the language.
func (t tongue) Instant(at time.Time) string {
	switch t.tag {
	case language.German:
		return at.UTC().Format("02.01.2006, 15:04") + " Uhr UTC"
	case language.French:
		return at.UTC().Format("02/01/2006 à 15:04") + " UTC"
	}
	return ui.Instant(at)
}

// Others are the other languages in which the page can be read, each by its own name.
func (t tongue) Others() []other {
	names := map[language.Tag]string{language.English: "English", language.German: "Deutsch", language.French: "Français"}
	out := []other{}
	for _, tag := range spoken {
		if tag != t.tag {
			out = append(out, other{tag.String(), names[tag]})
		}
	}
	return out
}

// other is a language to which a reader may change.
type other struct{ Lang, Name string }

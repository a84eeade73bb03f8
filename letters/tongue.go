package letters

import (
	"embed"
	"fmt"
	"strings"
	"time"

	"dueprocess/casework"
)

//go:embed tongues/*.txt
var tongues embed.FS

// tongue says things in one language; the catalogue is by the English text. What has no translation is English.
type tongue struct {
	lang  string
	words map[string]string
}

var english = tongue{lang: "en"}

var spoken = map[string]tongue{"en": english, "de": load("de"), "fr": load("fr")}

// in is a language's tongue; one that is not spoken is English.
func in(lang string) tongue {
	if t, ok := spoken[base(lang)]; ok {
		return t
	}
	return english
}

// base is a language without its region: "de" of "de-AT".
func base(lang string) string {
	first, _, _ := strings.Cut(strings.ReplaceAll(lang, "_", "-"), "-")
	return strings.ToLower(first)
}

func load(lang string) tongue {
	words, err := Catalogue(lang)
	if err != nil {
		panic(err) // a translation that ships broken
	}
	return tongue{lang, words}
}

// Catalogue is what letters say in a language, by the English text: the customer's pages say the same words.
func Catalogue(lang string) (map[string]string, error) {
	text, err := tongues.ReadFile("tongues/" + lang + ".txt")
	if err != nil {
		return nil, err
	}
	return ReadCatalogue(lang, string(text))
}

// ReadCatalogue reads an English line and, after a "= ", the other language's, and so on.
func ReadCatalogue(name, text string) (map[string]string, error) {
	words := map[string]string{}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i := 0; i < len(lines); i += 2 {
		if i+1 >= len(lines) || !strings.HasPrefix(lines[i+1], "= ") {
			return nil, fmt.Errorf("%s, line %d: a translation begins with \"= \"", name, i+2)
		}
		words[lines[i]] = strings.TrimPrefix(lines[i+1], "= ")
	}
	return words, nil
}

// say is an English text, with what it is about put in, in the language.
func (t tongue) say(key string, args ...any) string {
	text, ok := t.words[key]
	if !ok {
		text = key
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// headed is a word at the beginning of a line. Catalogues have it so where it is a word of a vocabulary.
func (t tongue) headed(word string) string {
	if word == "" {
		return ""
	}
	return t.say(strings.ToUpper(word[:1]) + word[1:])
}

// day is a date as it is written in the language; no date is nothing.
func (t tongue) day(d casework.Date) string {
	at, err := time.Parse(casework.DayFormat, string(d))
	if err != nil {
		return ""
	}
	month := t.say(at.Month().String())
	switch t.lang {
	case "de":
		return fmt.Sprintf("%d. %s %d", at.Day(), month, at.Year())
	case "fr":
		if at.Day() == 1 {
			return fmt.Sprintf("1er %s %d", month, at.Year())
		}
	}
	return fmt.Sprintf("%d %s %d", at.Day(), month, at.Year())
}

// instant is a time as it is written in the language, in UTC.
func (t tongue) instant(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return t.say("%s, %s UTC", t.day(casework.DateOf(at, time.UTC)), at.UTC().Format("15:04"))
}

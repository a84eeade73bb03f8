package portal

import (
	"net/http"
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// said are the texts between the quotes of the pages and of what their handlers say.
var said = regexp.MustCompile(`\.?\bSay "([^"]+)"|\bSay\("([^"]+)"\)`)

func TestEveryTextOfTheNoticeIsThereInEveryLanguage(t *testing.T) {
	t.Parallel()
	texts := []string{"Skip to the content", "Requests for data"}
	handler, err := os.ReadFile("notice.go")
	require.NoError(t, err)
	for _, m := range said.FindAllStringSubmatch(string(handler), -1) {
		texts = append(texts, m[2])
	}
	for _, name := range []string{"notice.html", "objected.html"} {
		text, err := files.ReadFile(name)
		require.NoError(t, err)
		for _, m := range said.FindAllStringSubmatch(string(text), -1) {
			texts = append(texts, m[1])
		}
	}
	require.Greater(t, len(texts), 20)
	for _, d := range casework.DataCategories {
		texts = append(texts, ui.Words(d))
	}
	for _, a := range (casework.Demand{Actions: casework.DemandedActions}).Answered() {
		texts = append(texts, ui.Words(a))
	}
	for _, i := range casework.InstrumentTypes {
		texts = append(texts, ui.Title(i))
	}
	for _, tag := range spoken[1:] {
		in := inTongue(tag)
		for _, text := range texts {
			require.NotEqual(t, text, in.printer.Sprintf(text), "%s has no translation of it", tag)
		}
	}
}

func TestTheNoticeSpeaksTheLanguageThatIsAskedFor(t *testing.T) {
	t.Parallel()
	h, _ := notified(t)
	b := visit(t, h)
	for lang, words := range map[string][]string{
		"de": {`<html lang="de">`, "Ein Ersuchen um Ihre Daten", "Durchsuchungsbeschluss", "Bestandsdaten, Verkehrsdaten", "27.11.2026, 15:04 Uhr UTC", "Zum Inhalt springen"},
		"fr": {`<html lang="fr">`, "Une demande concernant vos données", "mandat de perquisition", "27/11/2026 à 15:04 UTC"},
		"xx": {`<html lang="en">`, "A request for your data"},
	} {
		b.Get(notice+"?lang="+lang).Says(t, words...)
	}
	form := b.Get(notice+"?lang=de").Form(t, notice+"/objection")
	form.Set("text", "")
	b.Post(notice+"/objection", form).Says(t, "Bitte schreiben Sie, warum Sie widersprechen.")
	form.Set("text", "Nein.")
	a := b.Post(notice+"/objection", form)
	require.Equal(t, http.StatusSeeOther, a.StatusCode)
	b.Get(a.Header.Get("Location")).Says(t, `<html lang="de">`, "Ihr Widerspruch ist eingegangen")
}

package templates

import (
	"flag"
	"fmt"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

var update = flag.Bool("update", false, "write the goldens anew")

var fields = Fields{Case: "LR-2026-000123", URL: "https://office.example/portal/LR-2026-000123", Date: "2026-12-04"}

// The golden shows every message as it is read, with a date and without (txtar).
func TestEveryMessageReadsAsItShould(t *testing.T) {
	var got strings.Builder
	for _, lang := range []string{"en", "de", "fr"} {
		for _, kind := range Kinds {
			if _, ok := all[lang+"/"+string(kind)]; ok {
				show(t, &got, kind, lang, fields)
				show(t, &got, kind, lang, Fields{Case: fields.Case, URL: fields.URL})
			}
		}
	}
	const golden = "testdata/messages.txtar"
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(got.String()), 0o600))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), got.String())
}

func show(t *testing.T, out *strings.Builder, kind casework.MailKind, lang string, f Fields) {
	t.Helper()
	subject, text, err := Render(kind, lang, f)
	require.NoError(t, err)
	when := "without a date"
	if f.Date != "" {
		when = "with a date"
	}
	fmt.Fprintf(out, "-- %s %s, %s --\nSubject: %s\n\n%s", lang, kind, when, subject, text)
}

func TestEveryKindIsThereInEnglishAndTheNoticeInAllLanguages(t *testing.T) {
	for _, kind := range Kinds {
		require.Contains(t, all, "en/"+string(kind))
	}
	for _, lang := range []string{"en", "de", "fr"} {
		require.Contains(t, all, lang+"/notice")
	}
	require.Len(t, all, len(Kinds)+2, "and there is no text that nothing sends")
}

// Each message has the reference, the link, and neither a word of a vocabulary nor anything else that is filled in.
func TestMessagesSayNothingOfTheCase(t *testing.T) {
	for name := range all {
		lang, kind := path.Split(name)
		subject, text, err := Render(casework.MailKind(kind), strings.Trim(lang, "/"), fields)
		require.NoError(t, err)
		require.Contains(t, subject, fields.Case, name)
		require.Contains(t, text, fields.URL, name)
		for _, word := range []string{"<no value>", "@", "subscriber", "traffic", "content", "warrant", "subpoena", "{{"} {
			require.NotContains(t, strings.ToLower(subject+text), word, name)
		}
	}
}

func TestOtherLanguagesAreAnsweredInEnglish(t *testing.T) {
	want, _, err := Render(casework.MailAnswer, "en", fields)
	require.NoError(t, err)
	for _, lang := range []string{"de", "pt", "", "../en"} {
		got, _, err := Render(casework.MailAnswer, lang, fields)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	german, _, err := Render(casework.MailNotice, "de", fields)
	require.NoError(t, err)
	require.Contains(t, german, "Ihr Konto")
}

func TestAKindThatIsNotThere(t *testing.T) {
	_, _, err := Render("greeting", "en", fields)
	require.Equal(t, casework.Internal, casework.CodeOf(err))
}

func TestNothingButItsFormGetsIn(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*Fields)
		path  string
	}{
		"a name as reference":      {func(f *Fields) { f.Case = "Harbor Lights" }, "case"},
		"a reference and more":     {func(f *Fields) { f.Case = "LR-2026-000123\nBcc: x@y.example" }, "case"},
		"no reference":             {func(f *Fields) { f.Case = "" }, "case"},
		"no link":                  {func(f *Fields) { f.URL = "" }, "url"},
		"a script as link":         {func(f *Fields) { f.URL = "javascript:alert(1)" }, "url"},
		"a link with a name in it": {func(f *Fields) { f.URL = "https://office.example/?who=harbor" }, "url"},
		"a link with a user":       {func(f *Fields) { f.URL = "https://harbor@office.example/" }, "url"},
		"a link with a fragment":   {func(f *Fields) { f.URL = "https://office.example/#harbor" }, "url"},
		"a link of two lines":      {func(f *Fields) { f.URL = "https://office.example/a b" }, "url"},
		"a relative link":          {func(f *Fields) { f.URL = "/portal/" }, "url"},
		"a text as date":           {func(f *Fields) { f.Date = "tomorrow" }, "date"},
	} {
		t.Run(name, func(t *testing.T) {
			f := fields
			c.spoil(&f)
			_, _, err := Render(casework.MailAnswer, "en", f)
			var refused *casework.Error
			require.ErrorAs(t, err, &refused)
			require.Equal(t, []string{c.path}, []string{refused.Faults[0].Path})
		})
	}
}

func TestATemplateThatIsWrongFailsAtLoad(t *testing.T) {
	for name, text := range map[string]string{
		"an unknown field": "Subject: {{.Case}}\n\n{{.Officer}} asks.\n{{.URL}}\n", "not a template": "Subject: {{.Case\n\nx",
		"no subject": "Hello\n\nx\n", "a subject of two lines": "Subject: a\nb\n\nx\n", "no text": "Subject: a\n",
	} {
		t.Run(name, func(t *testing.T) {
			_, err := load(fstest.MapFS{"text/en/x.txt": {Data: []byte(text)}})
			require.Error(t, err)
		})
	}
	_, err := load(fstest.MapFS{"text/en/x.txt": {Data: []byte("Subject: {{.Case}}\n\n{{.URL}}\n")}})
	require.NoError(t, err)
}

// Each kind is there in English, and nothing of a preview is left to be filled in.
func TestEveryMessageHasAPreview(t *testing.T) {
	t.Parallel()
	all, err := Previews()
	require.NoError(t, err)
	english := map[casework.MailKind]bool{}
	for _, p := range all {
		english[p.Kind] = english[p.Kind] || p.Language == English
		require.NotContains(t, p.Subject+p.Text, "{{")
		require.NotEmpty(t, p.Subject)
	}
	for _, k := range Kinds {
		require.True(t, english[k], k)
	}
}

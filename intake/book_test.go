package intake_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/intake"
)

// entry is a sound entry of the contact book, changed at some fields.
func entry(t *testing.T, changes map[string]any) []byte {
	t.Helper()
	e := map[string]any{
		"name": "Bundeskriminalamt", "unit": "SO 43", "country": "DE", "kind": "law_enforcement", "domains": []any{"bka.example"}, "phones": []any{"+49 611 55 0"},
		"evidence": "the ministry's register", "expires_on": "2027-11-20", "officers": []any{map[string]any{"name": "J. Voss", "email": "j.voss@bka.example", "phone": "+49 611 55 17"}},
	}
	for name, value := range changes {
		e[name] = value
		if value == gone {
			delete(e, name)
		}
	}
	raw, err := json.Marshal(e)
	require.NoError(t, err)
	return raw
}

func TestAnEntryInItsNormalForm(t *testing.T) {
	t.Parallel()
	e, err := intake.Entry(entry(t, map[string]any{
		"id": "gb-nca", "country": "uk", "domains": []any{"NCA.example.", "Bücher.example"}, "officers": []any{map[string]any{"name": "A", "email": "A@NCA.example"}}, "expires_on": nil,
	}), "gb-nca", []string{"", "+1 617 555 0142"})
	require.NoError(t, err)
	require.Equal(t, "gb-nca", e.ID)
	require.Equal(t, "GB", e.Country)
	require.Equal(t, []string{"nca.example", "xn--bcher-kva.example"}, e.Domains)
	require.Equal(t, "a@nca.example", e.Officers[0].Email)
	e, err = intake.Entry(entry(t, nil), "de-bka", nil)
	require.NoError(t, err)
	require.Equal(t, "de-bka", e.ID, "that of the address")
}

func TestFaultsOfAnEntry(t *testing.T) {
	t.Parallel()
	open := []string{"", "+49 (611) 55-0", "+1 617 555 0142"}
	for _, x := range []struct {
		changes map[string]any
		want    []string
	}{
		{map[string]any{"phones": []any{"0049", "+4961155 0"}}, []string{"phones"}},
		{map[string]any{"officers": []any{map[string]any{"phone": "16175550142"}}}, []string{"officers[0].phone", "phones"}},
		{map[string]any{"id": "another", "phones": nil}, []string{"id"}},
		{map[string]any{"name": " ", "phones": gone}, []string{"name"}},
		{map[string]any{"country": "XX", "kind": "police", "phones": gone}, []string{"country", "kind"}},
		{map[string]any{"domains": []any{}, "evidence": "", "phones": gone}, []string{"domains", "evidence"}},
		{map[string]any{"domains": []any{"", ".", "a b", "bka.example", "x@bka.example"}, "phones": gone}, []string{"domains[0]", "domains[1]", "domains[2]", "domains[4]"}},
		{map[string]any{"officers": []any{map[string]any{"email": "none"}, 7}, "phones": gone}, []string{"officers[0].email", "officers[1]"}},
		{map[string]any{"expires_on": "2027-02-29", "phones": gone}, []string{"expires_on"}},
		{map[string]any{"colour": "red", "domains": []any{7, "a..b"}, "country": "EU", "phones": "x"}, []string{"colour", "country", "domains[0]", "domains[1]", "phones"}},
	} {
		_, err := intake.Entry(entry(t, x.changes), "de-bka", open)
		require.Equal(t, x.want, paths(faults(t, err)), "%v", x.changes)
	}
	for _, id := range []string{"", "DE", "-a", "a b", "a/b", "ä"} {
		_, err := intake.Entry(entry(t, map[string]any{"phones": gone}), id, open)
		require.Equal(t, []string{"id"}, paths(faults(t, err)), id)
	}
	for _, raw := range []string{"", "[]", "null"} {
		_, err := intake.Entry([]byte(raw), "de-bka", nil)
		require.Equal(t, []string{""}, paths(faults(t, err)))
	}
	e, err := intake.Entry(entry(t, nil), "de-bka", open)
	require.Equal(t, casework.BookEntry{}, e, "what is faulty is not given")
	require.Error(t, err)
}

package intake_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"dueprocess/casework"
	"dueprocess/intake"
)

func TestNormalForms(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		path       string
		from, want any
		more       map[string]any
	}{
		{"authority.country", "uk", "GB", map[string]any{"authority.subdivision": "uk-eng"}},
		{"authority.country", " EL ", "GR", map[string]any{"authority.subdivision": "EL-I"}},
		{"authority.country", "de", "DE", map[string]any{"authority.subdivision": ""}},
		{"authority.subdivision", "us-ma", "US-MA", nil},
		{"matter.subject.nationality", "el", "GR", nil},
		{"matter.subject.residence", "UK", "GB", nil},
		{"matter.subject.located_in", "ie", "IE", nil},
		{"matter.offence_country", "uk", "GB", nil},
		{"instrument.via_establishment", "ie", "IE", nil},
		{"officer.email", " DWhitfield@FBI.gov. ", "dwhitfield@fbi.gov", nil},
		{"officer.email", "Jörg@MÜNCHEN.example", "jörg@xn--mnchen-3ya.example", nil},
		{"officer.email", "  ", "", nil},
		{"demand.targets[0].value", "Harbor.Lights+X@Example.NET", "harbor.lights+x@example.net", nil},
		{"demand.targets[0].value", "Bücher.Example.", "xn--bcher-kva.example", map[string]any{"demand.targets[0].type": "domain"}},
		{"demand.targets[0].value", "例え。テスト。", "xn--r8jz45g.xn--zckzah", map[string]any{"demand.targets[0].type": "domain"}},
		{"demand.targets[0].value", "xn--bcher-kva.example", "xn--bcher-kva.example", map[string]any{"demand.targets[0].type": "domain"}},
		{"demand.targets[0].value", "::FFFF:198.51.100.10", "198.51.100.10", map[string]any{"demand.targets[0].type": "ip_address"}},
		{"demand.targets[0].value", " 2001:0DB8:0:0::0001", "2001:db8::1", map[string]any{"demand.targets[0].type": "ip_address"}},
		{"demand.targets[0].value", "+1 (202) 555 0170", "+1 (202) 555 0170", map[string]any{"demand.targets[0].type": "phone"}},
		{"demand.targets[0].value", "Https://Example.NET/A?b=C", "Https://Example.NET/A?b=C", map[string]any{"demand.targets[0].type": "url"}},
		{"demand.targets[0].host", "WWW.Example.NET.", "www.example.net", nil},
	} {
		changes := map[string]any{x.path: x.from}
		maps.Copy(changes, x.more)
		raw, err := json.Marshal(read(t, changes))
		require.NoError(t, err)
		var tree any
		require.NoError(t, json.Unmarshal(raw, &tree))
		require.Equal(t, x.want, at(tree, x.path), "%s: %v", x.path, x.from)
	}
}

// at is the value at a path.
func at(node any, path string) any {
	for _, step := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		switch n := node.(type) {
		case map[string]any:
			node = n[step]
		case []any:
			node = n[step[0]-'0']
		}
	}
	return node
}

func TestSubdivisionsBelongToTheirCountry(t *testing.T) {
	t.Parallel()
	require.Equal(t, "GB-ENG", read(t, map[string]any{"authority.country": "UK", "authority.subdivision": "UK-ENG"}).Authority.Subdivision)
	_, err := intake.Read(request(t, map[string]any{"authority.country": "FR"}), now, intake.DryRun)
	require.Equal(t, []string{"authority.subdivision"}, paths(faults(t, err)), "US-MA is not in France")
	for country, subdivision := range map[string]string{"PR": "US-PR", "GU": "US-GU", "GP": "FR-971", "AX": "FI-01", "US": "US-PR"} {
		require.Equal(t, subdivision, read(t, map[string]any{"authority.country": country, "authority.subdivision": subdivision}).Authority.Subdivision)
	}
	_, err = intake.Read(request(t, map[string]any{"authority.country": "XX"}), now, intake.DryRun)
	require.Equal(t, []string{"authority.country"}, paths(faults(t, err)), "one fault, not two")
}

func TestTargetsOfAType(t *testing.T) {
	t.Parallel()
	for kind, wrong := range map[string][]string{
		"account_email": {"harbor", "a@b@c.example", "Harbor <h@example.net>"},
		"domain":        {".", "..", "a..b", ".example", "a b", "-a.example", "http://a.example", strings.Repeat("a", 64) + ".example", strings.Repeat("a.", 130) + "example", "a_b.example", "*.example"},
		"ip_address":    {"198.51.100", "198.51.100.256", "198.51.100.0/24", "::1::", "harbor"},
	} {
		for _, value := range wrong {
			_, err := intake.Read(request(t, map[string]any{"demand.targets[0].type": kind, "demand.targets[0].value": value}), now, intake.DryRun)
			require.Equal(t, []string{"demand.targets[0].value"}, paths(faults(t, err)), value)
		}
	}
}

func TestTheOfficersKeyCanBeSealedTo(t *testing.T) {
	t.Parallel()
	key, err := age.GenerateX25519Identity()
	require.NoError(t, err)
	public := key.Recipient().String()
	require.Equal(t, public, read(t, map[string]any{"officer.age_recipient": " " + public + "\n"}).Officer.AgeRecipient)
	for _, wrong := range []string{public + "\n" + public, public[:len(public)-1], key.String(), "ssh-ed25519 AAAA", "# nothing"} {
		_, err := intake.Read(request(t, map[string]any{"officer.age_recipient": wrong}), now, intake.DryRun)
		got := faults(t, err)
		require.Equal(t, []string{"officer.age_recipient"}, paths(got))
		require.NotContains(t, got["officer.age_recipient"], wrong)
	}
}

func TestOnlyWeSayWhereBytesAreKept(t *testing.T) {
	t.Parallel()
	sum := strings.Repeat("0a", 32)
	document := func(changes map[string]any) []byte {
		d := map[string]any{"name": "warrant.pdf", "media_type": "application/pdf", "sha256": sum, "size": 7}
		maps.Copy(d, changes)
		return request(t, map[string]any{"documents": []any{d}})
	}
	r, err := intake.Read(document(nil), now, intake.Submit)
	require.NoError(t, err)
	require.Equal(t, []casework.Document{{Name: "warrant.pdf", MediaType: "application/pdf", SHA256: sum, Size: 7}}, r.Documents)
	for name, value := range map[string]any{"ref": "cases/other/1", "n": 1, "size": -1, "sha256": sum + "00"} {
		for _, mode := range []intake.Mode{intake.Submit, intake.DryRun, intake.Correction} {
			_, err := intake.Read(document(map[string]any{name: value}), now, mode)
			require.Equal(t, []string{"documents[0]." + name}, paths(faults(t, err)))
		}
	}
}

func TestCountries(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{"US": true, "GB": true, "GR": true, "AD": true, "ZW": true, "UK": false, "EL": false, "EU": false, "us": false, "": false, "XX": false, "USA": false} {
		require.Equal(t, want, intake.IsCountry(code), code)
	}
	n := 0
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			if intake.IsCountry(string([]rune{a, b})) {
				n++
			}
		}
	}
	require.Equal(t, 249, n, "as many as ISO 3166-1 assigns; each is found by the search")
}

// texts draws what people, machines and attackers write.
func texts() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.String(),
		rapid.StringMatching(`[a-zA-ZäöüßİK。.]{0,12}`),
		rapid.StringMatching(`[A-Za-z0-9ü+."]{1,8}@[A-Za-zß0-9-]{1,8}([.。][a-zA-Z]{0,4}){0,3}`),
		rapid.StringMatching(`(::ffff:)?[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}`),
		rapid.StringMatching(`[0-9a-fA-F:]{2,20}(%[a-z ]{0,3})?`),
		rapid.SampledFrom([]string{"", "UK", "EL", "us", "US-MA", "uk-eng", "2026-11-20", "2026-02-30", "2026-11-20T15:04:05+23:59", "0000-01-01T00:00:00+01:00", "none", "yes", "fax", "domain", "ip_address", "account_email"}),
	)
}

// places are fields of a request that hold a text.
var places = []string{
	"channel", "received_at", "authority.name", "authority.country", "authority.subdivision", "authority.kind", "officer.email", "officer.name",
	"instrument.number", "instrument.via_establishment", "instrument.issued_on", "instrument.issuer.role", "demand.targets[0].type", "demand.targets[0].value",
	"demand.targets[0].from", "demand.targets[0].host", "demand.data[0]", "demand.description", "matter.offence_country", "matter.subject.us_person",
	"matter.subject.residence", "secrecy.kind", "secrecy.until", "emergency.harm",
}

func drawn(t *rapid.T, tb testing.TB) []byte {
	changes := map[string]any{}
	for _, path := range rapid.SliceOfNDistinct(rapid.SampledFrom(places), 1, 5, rapid.ID).Draw(t, "places") {
		changes[path] = texts().Draw(t, path)
	}
	return request(tb, changes)
}

func TestWhatWasReadReadsTheSame(t *testing.T) {
	t.Parallel()
	sound := 0
	rapid.Check(t, func(rt *rapid.T) {
		mode := rapid.SampledFrom([]intake.Mode{intake.Submit, intake.DryRun, intake.Correction}).Draw(rt, "mode")
		first, err := intake.Read(drawn(rt, t), now, mode)
		if err != nil {
			return
		}
		sound++
		readsTheSame(rt, first, mode)
	})
	require.NotZero(t, sound)
}

func TestNormalFormsAreTheirOwn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		text := texts().Draw(rt, "text")
		for _, form := range []func(string) (string, bool){intake.Email, intake.Domain} {
			once, ok := form(text)
			twice, again := form(once)
			require.Equal(rt, once, twice)
			require.Equal(rt, ok, again, "what is wrong stays wrong")
			if !ok {
				require.Equal(rt, text, once, "and as it is")
			}
		}
		require.Equal(rt, intake.Country(text), intake.Country(intake.Country(text)))
	})
}

type judge interface {
	require.TestingT
	Helper()
}

func readsTheSame(t judge, first casework.Request, mode intake.Mode) {
	t.Helper()
	raw, err := json.Marshal(first)
	require.NoError(t, err, "what was read can be written")
	second, err := intake.Read(raw, now, mode)
	require.NoError(t, err)
	again, err := json.Marshal(second)
	require.NoError(t, err)
	require.JSONEq(t, string(raw), string(again))
	require.Equal(t, string(raw), string(again))
}

func TestNoFaultRepeatsAValue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		const mark = "QZ"
		changes := map[string]any{}
		for _, path := range append(places, "officer", "demand.targets[0]", "documents", "colour", "matter.colour") {
			if rapid.Bool().Draw(rt, path) {
				changes[path] = rapid.SampledFrom([]any{
					mark + rapid.String().Draw(rt, "tail"), []any{mark}, map[string]any{"name": mark}, mark + "@" + mark, "2026-" + mark,
				}).Draw(rt, "value of "+path)
			}
		}
		_, err := intake.Read(request(t, changes), now, intake.Submit)
		if err == nil {
			return
		}
		for path, message := range faults(t, err) {
			require.NotContains(rt, path+message, mark)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add(request(f, nil), int8(0))
	f.Add(request(f, map[string]any{"demand.targets[0].type": "domain", "demand.targets[0].value": "a.。"}), int8(1))
	f.Add(request(f, map[string]any{"received_at": "0000-01-01T00:00:00+12:00", "channel": "fax"}), int8(2))
	f.Add([]byte(`{"authority":{"country":"UK"},"a.b[0]":[null,{"":1}],"documents":[{},7]}`), int8(0))
	f.Fuzz(func(t *testing.T, raw []byte, mode int8) {
		m := intake.Mode(uint8(mode) % 3)
		r, err := intake.Read(raw, now, m)
		if err != nil {
			require.Equal(t, casework.Invalid, casework.CodeOf(err))
		} else {
			readsTheSame(t, r, m)
		}
		_, _ = intake.Read(intake.Unwrap(raw), now, m)
		_, _ = intake.Entry(raw, "us-fbi", []string{"1"})
		_, _ = intake.Act(casework.Actions[int(uint8(mode))%len(casework.Actions)], raw)
	})
}

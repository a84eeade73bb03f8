package intake_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/intake"
)

var now = time.Date(2026, 11, 20, 15, 4, 5, 123_456_789, time.UTC)

const scenarios = "../policy/testdata/cases/"

// request is a sound request, changed at some places: a path, as faults name it, and its new value. gone takes it away.
func request(t testing.TB, changes map[string]any) []byte {
	t.Helper()
	text, err := os.ReadFile(scenarios + "us_warrant_all.json")
	require.NoError(t, err)
	var tree any
	require.NoError(t, json.Unmarshal(intake.Unwrap(text), &tree))
	for path, value := range changes {
		set(tree, strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }), value)
	}
	raw, err := json.Marshal(tree)
	require.NoError(t, err)
	return raw
}

type nothing struct{}

var gone nothing

func set(node any, steps []string, value any) {
	switch at := node.(type) {
	case []any:
		switch i := int(steps[0][0]) - '0'; {
		case i >= len(at): // another change has put something else there
		case len(steps) == 1:
			at[i] = value
		default:
			set(at[i], steps[1:], value)
		}
	case map[string]any:
		switch {
		case len(steps) > 1:
			set(at[steps[0]], steps[1:], value)
		case value == gone:
			delete(at, steps[0])
		default:
			at[steps[0]] = value
		}
	}
}

// faults are those of an error that must be invalid.
func faults(t testing.TB, err error) map[string]string {
	t.Helper()
	var e *casework.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, casework.Invalid, e.Code)
	out := map[string]string{}
	for _, f := range e.Faults {
		require.NotContains(t, out, f.Path, "named once")
		out[f.Path] = f.Message
	}
	return out
}

func paths(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

func read(t testing.TB, changes map[string]any) casework.Request {
	t.Helper()
	r, err := intake.Read(request(t, changes), now, intake.DryRun)
	require.NoError(t, err)
	return r
}

func TestEveryScenarioIsRead(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob(scenarios + "*.json")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		_, err = intake.Read(intake.Unwrap(text), now, intake.DryRun)
		require.NoError(t, err, name)
	}
}

func TestOneFaultAtATime(t *testing.T) {
	t.Parallel()
	const secret = "zebra-4711"
	for path, values := range map[string][]any{
		"channel":                            {"pigeon " + secret, 7, nil, gone, "PORTAL"},
		"received_at":                        {secret, "2026-11-20", 7, "9999-12-31T23:59:59-12:00", "0000-01-01T00:00:00+12:00"},
		"authority":                          {secret, []string{}, nil},
		"authority.country":                  {"XX", "", "USA", secret, 7},
		"authority.subdivision":              {"CA-ON", "US", secret, "US-", "US-MASS"},
		"authority.kind":                     {secret, ""},
		"officer.email":                      {secret, "a@", "@b.example", "a b@c.example", "a@b..example", "Dana <d@fbi.gov>", "a@b.example, c@d.example", "a@-b.example", "a@b@c"},
		"officer.age_recipient":              {secret, "age1" + secret, "AGE-SECRET-KEY-1" + secret},
		"officer.supervisor":                 {secret},
		"instrument.type":                    {secret, ""},
		"instrument.also":                    {secret},
		"instrument.signed":                  {secret, 1, nil, "true"},
		"instrument.issuer.role":             {secret},
		"instrument.issued_on":               {"2026-02-30", "20.11.2026", secret, 20261120, "2026-11-20T00:00:00Z"},
		"instrument.served_on":               {"2026-13-01"},
		"instrument.respond_by":              {"soon"},
		"instrument.via_establishment":       {"Ireland"},
		"instrument.ea_notified":             {"yes"},
		"demand.targets":                     {secret, map[string]any{}},
		"demand.targets[0]":                  {secret, 7, nil},
		"demand.targets[0].type":             {secret},
		"demand.targets[0].value":            {secret, 7},
		"demand.targets[0].from":             {secret, "2026-06-31"},
		"demand.targets[0].to":               {"2026-05-01", secret},
		"demand.targets[0].port":             {-1, 65536, 1.5, "x"},
		"demand.targets[0].host":             {"a..b", ".", "a b", secret + "_"},
		"demand.data":                        {[]string{}, gone, nil, secret},
		"demand.data[1]":                     {secret, "subscriber", 7, nil},
		"demand.actions":                     {secret},
		"matter.max_penalty_years":           {-1, "20", 1.5, secret},
		"matter.sentence_months":             {-4},
		"matter.offence_country":             {"ZZ"},
		"matter.subject.us_person":           {secret},
		"matter.subject.nationality":         {"us citizen"},
		"matter.subject.residence":           {secret},
		"matter.subject.located_in":          {"1"},
		"matter.concerns":                    {secret},
		"secrecy.kind":                       {secret},
		"secrecy.until":                      {"2027-02-29", secret},
		"secrecy.lifted_at":                  {"2026-11-20T00:00:00Z"},
		"emergency.claimed":                  {"very"},
		"emergency.harm":                     {strings.Repeat(secret, 4_000)},
		"documents":                          {secret},
		"colour":                             {secret, nil},
		"Channel":                            {"portal"},
		"officer.colour":                     {secret},
		"demand.targets[0].colour":           {secret},
		strings.Repeat("a long name ", 10):   {secret},
		"demand.targets[0].a longer name of": {secret},
	} {
		for _, value := range values {
			_, err := intake.Read(request(t, map[string]any{path: value}), now, intake.DryRun)
			got := faults(t, err)
			want := path
			if len(want) > 60 {
				want = want[:40] + "…"
			}
			require.Equal(t, []string{want}, paths(got), "%v", value)
			require.NotContains(t, got[want], secret)
			require.NotContains(t, got[want], "zebra")
		}
	}
}

func TestEveryFaultAtOnce(t *testing.T) {
	t.Parallel()
	_, err := intake.Read(request(t, map[string]any{
		"channel": "pigeon", "authority.country": "XX", "authority.kind": 7, "officer.email": "none", "officer.a.b": 1,
		"instrument.issued_on": "2026-02-30", "demand.data[1]": 7, "demand.data[2]": "gossip", "demand.targets[0].value": "none", "matter": "x", "colour": "red",
		"secrecy.kind": "deep", "documents": []any{nil, map[string]any{"name": "a", "ref": "cases/other", "n": 3, "size": -1, "sha256": "00"}},
	}), now, intake.DryRun)
	require.Equal(t, []string{
		"authority.country", "authority.kind", "channel", "colour", "demand.data[1]", "demand.data[2]", "demand.targets[0].value",
		"documents[0]", "documents[1].n", "documents[1].ref", "documents[1].sha256", "documents[1].size",
		"instrument.issued_on", "matter", "officer.email", "secrecy.kind",
	}, paths(faults(t, err)))
}

func TestWhateverAnUnknownFieldIsCalled(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a.b", "authority.country", "documents[0]", "[", "]", ".", "[0]", "a[", strings.Repeat("x", 41), strings.Repeat("é", 60), "\x1b[2J", "channel ", "Channel"} {
		var tree map[string]any
		require.NoError(t, json.Unmarshal(request(t, nil), &tree))
		tree[name] = 1
		raw, err := json.Marshal(tree)
		require.NoError(t, err)
		_, err = intake.Read(raw, now, intake.DryRun)
		require.Len(t, faults(t, err), 1, "%q begets no other fault", name)
		_, err = intake.Act(casework.CorrectRequest, []byte(`{"reason": "typing error", "request": `+string(raw)+`}`))
		require.Len(t, faults(t, err), 1, "%q begets no other fault", name)
	}
}

func TestTwiceIsAFault(t *testing.T) {
	t.Parallel()
	raw := strings.Replace(string(request(t, nil)), `"channel":`, `"channel":"fax","channel":`, 1)
	_, err := intake.Read([]byte(raw), now, intake.DryRun)
	require.Equal(t, map[string]string{"channel": "stands here twice"}, faults(t, err))
}

func TestWhatIsNoRequest(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{"", " ", "null", "[]", "7", `"x"`, "{", "{}{}", "%PDF-1.7", "\xff\xfe", `{"channel": "portal"`} {
		_, err := intake.Read([]byte(raw), now, intake.Submit)
		require.Equal(t, []string{""}, paths(faults(t, err)), raw)
	}
	_, err := intake.Read([]byte("{}"), now, intake.Submit)
	require.Contains(t, paths(faults(t, err)), "channel")
	deep := strings.Repeat(`{"authority":`, 10_000) + "1" + strings.Repeat("}", 10_000)
	_, err = intake.Read([]byte(deep), now, intake.Submit)
	require.NotEmpty(t, faults(t, err))
}

func TestReceiptIsStamped(t *testing.T) {
	t.Parallel()
	const given, future = "2026-11-19T12:00:00.123456789+02:00", "2026-11-20T15:04:06Z"
	at := time.Date(2026, 11, 19, 10, 0, 0, 123_456_000, time.UTC)
	stamped := now.Truncate(time.Microsecond)
	for _, x := range []struct {
		channels []casework.Channel
		mode     intake.Mode
		body     any
		want     time.Time
		fault    string
	}{
		{[]casework.Channel{"portal", "api", "email"}, intake.Submit, given, stamped, ""},
		{[]casework.Channel{"portal", "api", "email"}, intake.Submit, future, stamped, ""},
		{[]casework.Channel{"portal", "api", "email"}, intake.Submit, gone, stamped, ""},
		{[]casework.Channel{"mail", "fax", "manual"}, intake.Submit, given, at, ""},
		{[]casework.Channel{"mail", "fax", "manual"}, intake.Submit, "2026-11-20T15:04:05.123456Z", stamped, ""},
		{[]casework.Channel{"mail", "fax", "manual"}, intake.Submit, future, time.Time{}, "must not be in the future"},
		{[]casework.Channel{"mail", "fax", "manual"}, intake.Submit, gone, time.Time{}, "is missing"},
		{casework.Channels, intake.DryRun, given, at, ""},
		{casework.Channels, intake.DryRun, "2031-01-01T00:00:00Z", time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC), ""},
		{casework.Channels, intake.DryRun, gone, stamped, ""},
		{casework.Channels, intake.Correction, given, at, ""},
		{casework.Channels, intake.Correction, gone, time.Time{}, ""},
	} {
		for _, channel := range x.channels {
			r, err := intake.Read(request(t, map[string]any{"channel": channel, "received_at": x.body}), now, x.mode)
			if x.fault != "" {
				got := faults(t, err)
				require.Equal(t, []string{"received_at"}, paths(got), "%s %v", channel, x.body)
				require.Contains(t, got["received_at"], x.fault)
				continue
			}
			require.NoError(t, err)
			require.Equal(t, x.want, r.ReceivedAt, "%s %v", channel, x.body)
			require.Equal(t, time.UTC, r.ReceivedAt.Location())
		}
	}
}

func TestWhatMayBeLeftOut(t *testing.T) {
	t.Parallel()
	r := read(t, map[string]any{
		"instrument.issuer": gone, "instrument.validated_by": map[string]any{"name": "", "role": ""}, "matter": gone, "secrecy": gone, "documents": nil,
		"authority.subdivision": gone, "officer": gone,
	})
	require.Equal(t, casework.UnknownIssuer, r.Instrument.Issuer.Role)
	require.Nil(t, r.Instrument.ValidatedBy)
	require.Equal(t, casework.USPersonUnknown, r.Matter.Subject.USPerson)
	require.Equal(t, casework.NoSecrecy, r.Secrecy.Kind)
	require.Nil(t, r.Matter.MaxPenaltyYears, "not known")
}

func TestUnwrap(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`{"request": {"a": 1}, "name": "x"}`: `{"a": 1}`,
		`{"request": null}`:                  `null`,
		`{"channel": "portal"}`:              `{"channel": "portal"}`,
		`{"Request": {}}`:                    `{"Request": {}}`,
		`[]`:                                 `[]`,
		`{"request": `:                       `{"request": `,
		``:                                   ``,
	} {
		require.Equal(t, want, string(intake.Unwrap([]byte(raw))))
	}
}

func TestActs(t *testing.T) {
	t.Parallel()
	body, err := intake.Act(casework.Comment, []byte(`{"text": "called"}`))
	require.NoError(t, err)
	require.Equal(t, &casework.CommentBody{Text: "called"}, body)
	_, err = intake.Act("dance", []byte(`{}`))
	require.Equal(t, casework.NotFound, casework.CodeOf(err))
	_, err = intake.Act(casework.PauseClock, []byte(`{}`))
	require.Equal(t, []string{"reason"}, paths(faults(t, err)))
	for raw, want := range map[string][]string{
		`{"methud": 1, "method": "hunch", "comment": 7}`:                 {"comment", "method", "methud"},
		`{"a.very.long.name.that.is.no.field.and.longer.than.forty": 1}`: {"a.very.long.name.that.is.no.field.and.lo…", "method"},
		`null`: {""},
	} {
		_, err = intake.Act(casework.VerifyRequester, []byte(raw))
		require.Equal(t, want, paths(faults(t, err)), raw)
	}
	_, err = intake.Act(casework.Review, []byte(`{"answers": [7, {"data": "gossip", "answer": "permit"}]}`))
	require.Equal(t, []string{"answers[0]", "answers[1].data"}, paths(faults(t, err)))
}

func TestACorrectionIsReadLikeARequest(t *testing.T) {
	t.Parallel()
	for action, rest := range map[casework.Action]string{casework.CorrectRequest: `"reason": "typing error", `, casework.ReceiveClarification: ""} {
		act := func(changes map[string]any) (casework.Body, error) {
			return intake.Act(action, []byte(`{`+rest+`"request": `+string(request(t, changes))+`}`))
		}
		body, err := act(map[string]any{"authority.country": " us", "officer.email": "D@FBI.gov"})
		require.NoError(t, err)
		require.Equal(t, "US", body.(*casework.RequestBody).Request.Authority.Country)
		require.Equal(t, "d@fbi.gov", body.(*casework.RequestBody).Request.Officer.Email)
		_, err = act(map[string]any{"authority.country": "XX", "channel": "pigeon", "colour": 1, "documents": []any{map[string]any{"ref": "cases/other"}}})
		require.Equal(t, []string{"request.authority.country", "request.channel", "request.colour", "request.documents[0].ref"}, paths(faults(t, err)))
	}
}

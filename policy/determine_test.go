package policy

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"dueprocess/casework"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sampled is one of the requests of testdata/rules.yaml, with changes.
func sampled(t *testing.T, name string, change map[string]any) casework.Request {
	t.Helper()
	return readRuleCases(t).request(t, sample{Request: name, Change: change})
}

// failing makes every condition of a file's one rule break down when it is evaluated.
const failing = `instrument.legal_basis[7] == "x"`

func determineWith(t *testing.T, req casework.Request, rules ...*rule) casework.Determination {
	t.Helper()
	return with(Default(), append(rules, Default().rules...)).Determine(req, Facts{AuthorityKnown: true})
}

func TestARuleThatFailsIsDecidedByAPerson(t *testing.T) {
	req := sampled(t, "subpoena", map[string]any{"demand.data": []any{"subscriber", "identification"}})
	for name, c := range map[string]struct {
		lines []string
		want  map[topic]casework.Answer
	}{
		"what it could have spoken on": {
			[]string{"when: " + failing, "then: {answer: refuse, about: subscriber}"}, map[topic]casework.Answer{"subscriber": "escalate", "identification": "permit"},
		},
		"everything, where it could have found a defect": {
			[]string{"when: " + failing, "then: [{answer: refuse, about: subscriber}, {finding: defect, path: instrument}]"},
			map[topic]casework.Answer{"subscriber": "escalate", "identification": "escalate"},
		},
		"everything, where it answers nothing": {
			[]string{"when: " + failing, "then: {ground: true}"}, map[topic]casework.Answer{"subscriber": "escalate", "identification": "escalate"},
		},
		"everything, where it says what an instrument counts as": {
			[]string{"when: " + failing, "then: {counts_as: informal_request}"}, map[topic]casework.Answer{"subscriber": "escalate", "identification": "escalate"},
		},
		"where an effect's own condition fails": {
			[]string{"then: {when: '" + failing + "', answer: permit, about: subscriber}"}, map[topic]casework.Answer{"subscriber": "escalate", "identification": "permit"},
		},
		"where the day of a notice fails": {
			[]string{"then: {notice: after_emergency, until: 'instrument.legal_basis[7]'}"}, map[topic]casework.Answer{"subscriber": "escalate"},
		},
		"where a day is none": {
			[]string{"then: {notice: after_emergency, until: instrument.number}"}, map[topic]casework.Answer{"subscriber": "escalate"},
		},
		"where a deadline's day fails": {
			[]string{"then: {deadline: {kind: object, on: 'instrument.legal_basis[7]'}}"}, map[topic]casework.Answer{"subscriber": "escalate"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := determineWith(t, req, written(t, c.lines...))
			answers := laid(d)
			for topic, want := range c.want {
				assert.Equal(t, want, answers[topic].answer, "%s", topic)
			}
			assert.Equal(t, casework.OutcomeEscalate, d.Outcome)
		})
	}
}

func TestDutiesOfARuleThatFailsHold(t *testing.T) {
	req := sampled(t, "subpoena", nil)
	d := determineWith(t, req, written(t, "when: "+failing, "then: {notice: prohibited, approvals: 2, verification: second_channel}"))
	assert.Equal(t, casework.NoticeProhibited, d.Notice.Duty)
	assert.Equal(t, 2, d.Approvals.Required)
	assert.Equal(t, casework.SecondChannel, d.Verification.Level)
}

func TestAConditionThatCostsTooMuchEndsAndIsDecidedByAPerson(t *testing.T) {
	rule := written(t, `when: "instrument.legal_basis.all(a, !a.contains('x'))"`, "then: {answer: permit, about: content}")
	basis := make([]any, 900)
	for i := range basis {
		basis[i] = strings.Repeat("a basis that is named many times ", 200)
	}
	d := determineWith(t, sampled(t, "subpoena", map[string]any{"demand.data": []any{"content"}, "instrument.legal_basis": basis}), rule)
	assert.Equal(t, casework.Escalate, laid(d)["content"].answer)
}

func TestLimitsOfSeveralRulesNarrow(t *testing.T) {
	req := sampled(t, "letter", nil)
	narrower := written(t, "then: {answer: permit, about: subscriber, limits: [name, payment]}")
	assert.Equal(t, []casework.SubscriberField{casework.FieldName}, laid(determineWith(t, req, narrower))["subscriber"].limits)
	apart := written(t, "then: {answer: permit, about: subscriber, limits: [payment]}")
	assert.Equal(t, casework.Escalate, laid(determineWith(t, req, apart))["subscriber"].answer, "no field is left: a person decides")
}

func TestSeveralInstrumentsOfOnePaper(t *testing.T) {
	req := sampled(t, "letter", map[string]any{"instrument.also": []any{"grand_jury_subpoena"}, "demand.data": []any{"subscriber", "traffic"}})
	d := Default().Determine(req, Facts{AuthorityKnown: true})
	assert.Empty(t, laid(d)["subscriber"].limits, "a permission without limits reaches further")
	assert.Equal(t, casework.RefuseIt, laid(d)["traffic"].answer)
	assert.Equal(t, casework.NoticeProhibited, d.Notice.Duty, "the strictest duty holds")
	assert.Equal(t, 2, d.Approvals.Required)
}

func TestFindingsNameEveryTargetConcerned(t *testing.T) {
	target := map[string]any{"type": "account_id", "value": "", "from": "2026-01-01", "to": "2026-02-01"}
	whole := map[string]any{"type": "account_id", "value": "7", "from": "2026-01-01", "to": "2026-02-01"}
	d := Default().Determine(sampled(t, "subpoena", map[string]any{"demand.targets": []any{whole, target, target}}), Facts{AuthorityKnown: true})
	require.Len(t, d.Findings, 1)
	assert.Equal(t, "demand.targets[1].value", d.Findings[0].Path)
	assert.Contains(t, d.Findings[0].Sentence, "This concerns the targets 2, 3.")
}

func TestADemandForNothingIsRefused(t *testing.T) {
	d := Default().Determine(sampled(t, "subpoena", map[string]any{"demand.data": []any{}}), Facts{AuthorityKnown: true})
	assert.Equal(t, casework.OutcomeRefuse, d.Outcome)
}

// Answers and deadlines are computed also where a defect makes the outcome clarify.
func TestADefectDoesNotStopTheClock(t *testing.T) {
	d := Default().Determine(sampled(t, "epoc", map[string]any{"instrument.signed": false}), Facts{AuthorityKnown: true})
	assert.Equal(t, casework.OutcomeClarify, d.Outcome)
	assert.Equal(t, casework.Permit, laid(d)["subscriber"].answer)
	due, ok := d.DeadlineOf(casework.DueRespond)
	require.True(t, ok)
	assert.Equal(t, casework.Date("2026-11-30"), due.Date)
}

// The day of receipt is that of the governing zone: one instant, three days.
func TestTheDayOfReceiptIsThatOfTheGoverningZone(t *testing.T) {
	for name, c := range map[string]struct {
		request string
		change  map[string]any
		want    casework.Date
	}{
		"the subdivision's":                 {"subpoena", map[string]any{"authority.subdivision": "US-HI"}, "2026-11-19"},
		"the capital's":                     {"foreign", map[string]any{"authority.country": "JP"}, "2026-11-20"},
		"else UTC":                          {"foreign", map[string]any{"authority.country": "ZZ"}, "2026-11-20"},
		"of certificates the establishment": {"epoc", map[string]any{"authority.country": "FI"}, "2026-11-20"},
		"also beside other process":         {"foreign", map[string]any{"authority.country": "FR", "instrument.also": []any{"epoc"}, "received_at": "2026-11-19T23:30:00Z"}, "2026-11-19"},
		"and not the issuing State's":       {"epoc", map[string]any{"received_at": "2026-11-20T23:30:00Z"}, "2026-11-20"},
		"which in summer is ahead of UTC":   {"epoc", map[string]any{"received_at": "2027-06-30T23:30:00Z"}, "2027-07-01"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, ok := c.change["received_at"]; !ok {
				c.change["received_at"] = "2026-11-20T00:30:00Z"
			}
			assert.Equal(t, c.want, Default().Determine(sampled(t, c.request, c.change), Facts{}).EvaluatedFor)
		})
	}
}

// A range for the past counts for a pen register too, unless the paper carries other process that it may be of.
func TestEveryRangeOfAPenRegisterCounts(t *testing.T) {
	target := func(from, to string) map[string]any {
		return map[string]any{"type": "account_email", "value": from + "@example.net", "from": from, "to": to}
	}
	change := map[string]any{
		"instrument.type": "pen_register_order", "demand.data": []any{"live_traffic"},
		"demand.targets": []any{target("2026-11-21", "2026-12-21"), target("2026-06-01", "2026-10-31")},
	}
	assert.Equal(t, casework.RefuseIt, laid(Default().Determine(sampled(t, "warrant", change), Facts{AuthorityKnown: true}))["live_traffic"].answer)
	change["instrument.also"] = []any{"search_warrant"}
	change["demand.data"] = []any{"live_traffic", "content"}
	d := laid(Default().Determine(sampled(t, "warrant", change), Facts{AuthorityKnown: true}))
	assert.Equal(t, casework.Permit, d["content"].answer)
}

func TestTheEarlierOfInstrumentAndLawIsDue(t *testing.T) {
	respond := func(request string, change map[string]any) casework.Deadline {
		d, ok := Default().Determine(sampled(t, request, change), Facts{}).DeadlineOf(casework.DueRespond)
		require.True(t, ok)
		return d
	}
	assert.Equal(t, "eu.epoc.respond", respond("epoc", map[string]any{"instrument.respond_by": "2026-12-24"}).Basis)
	assert.Equal(t, "instrument.respond_by", respond("epoc", map[string]any{"instrument.respond_by": "2026-11-24"}).Basis)
	own := respond("subpoena", map[string]any{"instrument.respond_by": nil})
	assert.Equal(t, "profile", own.Basis)
	assert.Equal(t, casework.Date("2026-12-04"), own.Date, "fourteen days")
	warrant := respond("warrant", map[string]any{"instrument.respond_by": nil})
	assert.Equal(t, casework.Date("2026-12-02"), warrant.Date, "seven working days, Thanksgiving is none")
	urgent := respond("emergency", map[string]any{})
	assert.Equal(t, time.Date(2026, 11, 20, 19, 4, 5, 0, time.UTC), urgent.Due, "four hours")
}

func TestStaffAndStandardsHaveDates(t *testing.T) {
	book, err := Default().WithProfile([]byte("employees: [{country: BR, from: 2026-01-01, to: 2026-12-31}]\nstandards_met: [BR]\n"), "p.yaml")
	require.NoError(t, err)
	req := sampled(t, "foreign", map[string]any{"authority.country": "BR", "matter.offence_country": "BR"})
	for on, want := range map[casework.Date]casework.Outcome{"2025-12-31": "refer_to_mlat", "2026-01-01": "disclose", "2026-12-31": "disclose", "2027-01-01": "refer_to_mlat"} {
		assert.Equal(t, want, book.Determine(req, Facts{On: on, AuthorityKnown: true}).Outcome, "on %s", on)
	}
	assert.Equal(t, casework.OutcomeRefer, book.Determine(sampled(t, "foreign", nil), Facts{}).Outcome, "the list replaces the table")
}

func TestRoute(t *testing.T) {
	for country, c := range map[string]struct{ route, says string }{
		"DE": {"treaty", "Germany and the United States, in force since 2009-10-18 (date not verified): your central authority (Bundesamt für Justiz)"},
		"IT": {"treaty", "Italy and the United States, in force since 1985-11-13: "},
		"HR": {"treaty", "assistance agreement between Croatia and the United States (the date of its entry into force is not verified)"},
		"TW": {"treaty", "assistance arrangement between Taiwan"},
		"AR": {"treaty", ": your central authority sends it"},
		"HK": {"letters_rogatory", "no mutual legal assistance treaty in force between Hong Kong and"},
		"KP": {"letters_rogatory", "between KP and the United States"},
		"RE": {"treaty", "between France and"},
	} {
		route, says := Default().Route(country)
		assert.Equal(t, c.route, route, country)
		assert.Contains(t, says, c.says, country)
	}
}

func TestCountryFacts(t *testing.T) {
	book := Default()
	assert.False(t, book.Agreement("GB", "2022-10-02"))
	assert.True(t, book.Agreement("GB", "2022-10-03"))
	assert.True(t, book.Agreement("UK", "2022-10-03"), "the EU's name for it")
	assert.False(t, book.Agreement("AU", "2024-01-30"))
	assert.True(t, book.Agreement("AU", "2024-01-31"))
	assert.False(t, book.Agreement("US", "2026-01-01"))
	finland, ok := book.Country("AX")
	require.True(t, ok)
	assert.Equal(t, "FI", finland.ISO)
	_, ok = book.Country("KP")
	assert.False(t, ok)
	bound := 0
	for _, c := range book.countries {
		if c.isBound("2026-08-18") {
			bound++
		}
		assert.False(t, c.isBound("2026-08-17"), c.ISO)
	}
	assert.Equal(t, 26, bound)
	assert.False(t, book.countries["DK"].isBound("2030-01-01"))
}

func TestAYearLaterThanTheLeapDay(t *testing.T) {
	req := sampled(t, "warrant", map[string]any{
		"instrument.issued_on": "2028-02-29", "instrument.served_on": nil, "received_at": "2028-03-01T15:00:00Z",
		"secrecy": map[string]any{"kind": "court_order", "until": "2029-03-01"},
	})
	assert.Empty(t, Default().Determine(req, Facts{}).Grounds)
	req.Secrecy.Until = "2029-03-02"
	assert.Equal(t, []string{"secrecy.over_one_year"}, reasonIDs(Default().Determine(req, Facts{}).Grounds))
}

func TestTheDigestFollowsTheFiles(t *testing.T) {
	files := shelf(t)
	book, err := Load(files)
	require.NoError(t, err)
	assert.Equal(t, Default().Identity(), book.Identity())
	files["README.md"] = &fstest.MapFile{Data: []byte("notes are no rules")}
	book, err = Load(files)
	require.NoError(t, err)
	assert.Equal(t, Default().Identity(), book.Identity())
	patchFile(t, files, "us.yaml", "Counsel decides on an interception.", "Counsel decides.")
	book, err = Load(files)
	require.NoError(t, err)
	assert.NotEqual(t, Default().Identity().SHA256, book.Identity().SHA256)
}

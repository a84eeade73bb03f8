package policy

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"dueprocess/casework"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// someRequest draws a request from the vocabularies: likely values often, so that many rules meet.
func someRequest(t *rapid.T) casework.Request {
	req := anyRequest(t)
	switch rapid.IntRange(0, 3).Draw(t, "likeness") {
	case 0:
		ordinary(t, &req)
	case 1:
		agreeable(t, &req)
	}
	return req
}

// ordinary makes of a request plain process of a US authority.
func ordinary(t *rapid.T, req *casework.Request) {
	req.Authority.Kind, req.Authority.Country = casework.LawEnforcement, "US"
	req.Instrument.Type, req.Instrument.Also = rapid.SampledFrom(casework.InstrumentTypes[:7]).Draw(t, "process"), nil
	req.Matter, req.Emergency.Claimed = casework.Matter{}, false
	req.Demand.Targets[0].Type = casework.AccountEmail
}

func anyRequest(t *rapid.T) casework.Request {
	return casework.Request{
		Channel: casework.ByPortal, ReceivedAt: someDay(t, "received").Start(time.UTC).Add(15 * time.Hour),
		Authority: casework.Authority{
			Name: "An authority", Country: someCountry(t, "country"), Kind: rapid.SampledFrom(casework.AuthorityKinds).Draw(t, "kind"),
			Subdivision: rapid.SampledFrom([]string{"", "US-CA", "US-NV"}).Draw(t, "subdivision"),
		},
		Officer:    casework.Officer{Email: rapid.SampledFrom([]string{"a@justice.example", "a@gmail.com", ""}).Draw(t, "mail")},
		Instrument: someInstrument(t), Demand: someDemand(t), Matter: someMatter(t),
		Secrecy: casework.Secrecy{
			Kind:  rapid.SampledFrom(casework.SecrecyKinds).Draw(t, "secrecy"),
			Until: rapid.SampledFrom([]casework.Date{"", "2027-01-01", "2031-01-01"}).Draw(t, "until"),
		},
		Emergency: casework.Emergency{
			Claimed: rapid.IntRange(0, 4).Draw(t, "claimed") == 0, Harm: "death", PersonAtRisk: "a child", WhyImminent: "tonight",
			WhyNecessary: rapid.SampledFrom([]string{"to find her", "to find her", ""}).Draw(t, "necessary"),
		},
	}
}

func someDay(t *rapid.T, label string) casework.Date {
	return rapid.SampledFrom([]casework.Date{
		"2019-02-27", "2019-02-28", "2022-10-02", "2022-10-03", "2024-01-30", "2024-01-31", "2026-08-17", "2026-08-18", "2026-11-20", "2026-11-20",
	}).Draw(t, label)
}

func someCountry(t *rapid.T, label string) string {
	return rapid.SampledFrom([]string{"US", "US", "PR", "GB", "AU", "DE", "FR", "IE", "DK", "CA", "IN", "BR", "KP", ""}).Draw(t, label)
}

func someInstrument(t *rapid.T) casework.Instrument {
	in := casework.Instrument{
		Type:   rapid.SampledFrom(casework.InstrumentTypes).Draw(t, "instrument"),
		Issuer: casework.Issuer{Name: "An issuer", Role: rapid.SampledFrom(casework.IssuerRoles).Draw(t, "issuer")},
		Signed: rapid.IntRange(0, 4).Draw(t, "signed") > 0, IssuedOn: someDay(t, "issued"), ServedOn: someDay(t, "served"),
		UnderAgreement:      rapid.Bool().Draw(t, "under agreement"),
		DesignatedAuthority: rapid.SampledFrom([]string{"", "the designated authority"}).Draw(t, "designated"),
		ViaEstablishment:    rapid.SampledFrom([]string{"IE", "IE", "FR", ""}).Draw(t, "via"),
		LegalBasis:          rapid.SampledFrom([][]string{nil, {"FRCP 45"}, {"17 USC 512(h)"}, {"Regulation (EU) 2021/784"}}).Draw(t, "basis"),
	}
	if rapid.IntRange(0, 2).Draw(t, "validated") == 0 {
		in.ValidatedBy = &casework.Issuer{Name: "A validator", Role: rapid.SampledFrom(casework.IssuerRoles).Draw(t, "validator")}
	}
	if rapid.IntRange(0, 3).Draw(t, "several") == 0 {
		in.Also = rapid.SliceOfNDistinct(rapid.SampledFrom(casework.InstrumentTypes), 1, 2, rapid.ID).Draw(t, "also")
	}
	return in
}

func someDemand(t *rapid.T) casework.Demand {
	target := casework.Target{
		Type: rapid.SampledFrom(casework.TargetTypes).Draw(t, "target"), Value: rapid.SampledFrom([]string{"a@b.example", "192.0.2.1", ""}).Draw(t, "value"),
		From: "2026-06-01", To: rapid.SampledFrom([]casework.Moment{"", "2026-07-01", "2026-12-31"}).Draw(t, "to"),
	}
	return casework.Demand{
		Targets: []casework.Target{target},
		Data:    rapid.SliceOfDistinct(rapid.SampledFrom(casework.DataCategories), rapid.ID).Draw(t, "data"),
		Actions: rapid.SliceOfNDistinct(rapid.SampledFrom(casework.DemandedActions), 0, 2, rapid.ID).Draw(t, "actions"),
	}
}

func someMatter(t *rapid.T) casework.Matter {
	penalty := rapid.IntRange(1, 5).Draw(t, "penalty")
	m := casework.Matter{
		OffenceCountry: someCountry(t, "offence in"), ListedOffence: rapid.Bool().Draw(t, "listed"), Consent: rapid.Bool().Draw(t, "consent"),
		Subject: casework.Subject{
			Nationality: someCountry(t, "nationality"), Residence: someCountry(t, "residence"),
			USPerson: rapid.SampledFrom(casework.USPersons).Draw(t, "US person"), Organisation: rapid.IntRange(0, 5).Draw(t, "organisation") == 0,
		},
	}
	if penalty > 1 {
		m.MaxPenaltyYears = &penalty
	}
	if rapid.IntRange(0, 2).Draw(t, "concerned") == 0 {
		m.Concerns = rapid.SliceOfNDistinct(rapid.SampledFrom(casework.Concerns), 1, 2, rapid.ID).Draw(t, "concerns")
	}
	return m
}

func someFacts(t *rapid.T) Facts {
	return Facts{On: rapid.SampledFrom([]casework.Date{"", "2018-06-01", "2026-11-23"}).Draw(t, "on"), AuthorityKnown: rapid.Bool().Draw(t, "known")}
}

// laid are the answers of a determination by topic.
func laid(d casework.Determination) map[topic]weighed {
	out := map[topic]weighed{}
	for _, a := range d.Answers {
		out[topic(a.Data)] = weighed{a.Answer, a.Limits, a.Reasons}
	}
	for _, a := range d.Actions {
		out[topic(a.Action)] = weighed{answer: a.Answer, reasons: a.Reasons}
	}
	return out
}

// with is the rulebook with its rules changed.
func with(book *Rulebook, rules []*rule) *Rulebook {
	changed := *book
	changed.rules, changed.index = rules, indexed(rules)
	return &changed
}

// written are rules of one file, read as Load reads them.
func written(t *testing.T, lines ...string) *rule {
	t.Helper()
	files := shelf(t)
	files["x.yaml"] = &fstest.MapFile{Data: []byte(oneRule(lines...))}
	book, err := Load(files)
	require.NoError(t, err)
	i := slices.IndexFunc(book.rules, func(r *rule) bool { return r.id == "one.rule" })
	return book.rules[i]
}

// A refusal beats a permission: whatever forbidding rule is added, nothing is permitted that was not before.
func TestPropertyForbiddingNeverPermits(t *testing.T) {
	conditions := []*condition{nil}
	for _, when := range []string{`"content" in demand.data`, `authority.class == "us"`, "emergency.claimed", "size(matter.concerns) > 0"} {
		conditions = append(conditions, written(t, "when: '"+when+"'", "then: {answer: refuse, about: data}").when)
	}
	rapid.Check(t, func(t *rapid.T) {
		forbidding := &rule{id: "added.rule", cites: "a test", say: "No.", when: rapid.SampledFrom(conditions).Draw(t, "when"), then: []effect{{
			answer: rapid.SampledFrom([]casework.Answer{casework.RefuseIt, casework.Refer, casework.Object, casework.Escalate}).Draw(t, "answer"),
			about:  rapid.SliceOfNDistinct(rapid.SampledFrom(groups["everything"]), 1, 4, rapid.ID).Draw(t, "about"),
		}}}
		req, f := someRequest(t), someFacts(t)
		before := laid(Default().Determine(req, f))
		after := laid(with(Default(), append(slices.Clone(Default().rules), forbidding)).Determine(req, f))
		for topic, a := range after {
			requireNoWider(t, topic, before[topic], a)
			if speaks(t, forbidding, &req, f, topic) {
				require.NotEqual(t, casework.Permit, a.answer, "%s is forbidden", topic)
			}
		}
	})
}

// speaks reports whether the rule, whose condition does not look at the instrument, speaks on the topic.
func speaks(t *rapid.T, r *rule, req *casework.Request, f Facts, topic topic) bool {
	holds, err := r.when.holds(Default().look(req, f))
	require.NoError(t, err)
	return holds && slices.Contains(r.about(), topic)
}

// requireNoWider: what is permitted after was permitted before, and no more of it.
func requireNoWider(t *rapid.T, topic topic, before, after weighed) {
	if after.answer != casework.Permit {
		return
	}
	require.Equal(t, casework.Permit, before.answer, "%s is permitted, and was not", topic)
	if len(before.limits) > 0 {
		require.NotEmpty(t, after.limits, "%s has lost its limits", topic)
		require.Subset(t, before.limits, after.limits, "%s reaches further", topic)
	}
}

func TestPropertyOrderDoesNotMatter(t *testing.T) {
	files := shelf(t)
	var books []*Rulebook
	for seed := range uint64(12) {
		book, err := Load(shuffled(rand.New(rand.NewPCG(seed, 1)), files))
		require.NoError(t, err)
		books = append(books, book)
	}
	rapid.Check(t, func(t *rapid.T) {
		req, f := someRequest(t), someFacts(t)
		want := Default().Determine(req, f)
		for _, book := range books {
			got := book.Determine(req, f)
			got.Rulebook = want.Rulebook
			require.Equal(t, want, got)
		}
	})
}

// shuffled is the rulebook with its files of rules under other names and the rules of each in another order.
func shuffled(random *rand.Rand, files fstest.MapFS) fstest.MapFS {
	out := fstest.MapFS{}
	for name, file := range files {
		head, rules, ok := strings.Cut(string(file.Data), "\nrules:\n")
		if !ok {
			out[name] = file
			continue
		}
		parts := strings.Split("\n"+rules, "\n  - id: ")[1:]
		random.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
		text := head + "\nrules:\n  - id: " + strings.Join(parts, "\n  - id: ") + "\n"
		out[strconv.Itoa(random.IntN(1000))+"_"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// Who asks for less is not answered worse for what is still asked.
func TestPropertyAskingLessIsNotAnsweredWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		req, f := someRequest(t), someFacts(t)
		asked := req.Demand.Data
		wide := laid(Default().Determine(req, f))
		for i := range asked {
			req.Demand.Data = asked[i : i+1+rapid.IntRange(0, len(asked)-i-1).Draw(t, "more")]
			narrow := laid(Default().Determine(req, f))
			for _, data := range req.Demand.Data {
				before, after := wide[topic(data)], narrow[topic(data)]
				require.LessOrEqual(t, rank(reach, after.answer), rank(reach, before.answer), "%s", data)
				require.Len(t, after.limits, len(before.limits), "limits of %s", data)
			}
		}
	})
}

// 18 USC 2702(a), (b)(9): content goes to a non-US authority only under an agreement in force on the day of receipt, and
// to a civil party never.
func TestPropertyContentGoesAbroadUnderAgreementOnly(t *testing.T) {
	permitted := 0
	rapid.Check(t, func(t *rapid.T) {
		req, f := someRequest(t), someFacts(t)
		req.Demand.Data = casework.DataCategories
		answers := laid(Default().Determine(req, f))
		for _, data := range []topic{"content", "live_content"} {
			if classOf(req.Authority) == classUS || answers[data].answer != casework.Permit {
				continue
			}
			permitted++
			require.Equal(t, classForeign, classOf(req.Authority))
			require.True(t, req.Instrument.Is(casework.AgreementOrder), "%s under %s", data, req.Instrument.Types())
			received := casework.DateOf(req.ReceivedAt, Default().zone(&req))
			require.True(t, agreementHeld(req.Authority.Country, received), "%s to %s on %s", data, req.Authority.Country, received)
		}
	})
	require.Positive(t, permitted, "content was never permitted: the requests drawn try nothing")
}

// agreeable makes of a request what an order under an agreement must be, but for the country and the day.
func agreeable(t *rapid.T, req *casework.Request) {
	years := 5
	req.Authority.Kind, req.Authority.Country = casework.Court, rapid.SampledFrom([]string{"GB", "AU", "CA", "DE"}).Draw(t, "partner")
	req.Instrument.Type, req.Instrument.Issuer.Role = casework.AgreementOrder, casework.Judge
	req.Matter = casework.Matter{MaxPenaltyYears: &years, Subject: casework.Subject{USPerson: casework.NotUSPerson, Residence: "GB"}}
}

// agreementHeld is written out beside the table: GB since 2022-10-03, AU since 2024-01-31, nobody else.
func agreementHeld(country string, on casework.Date) bool {
	return (country == "GB" && on >= "2022-10-03") || (country == "AU" && on >= "2024-01-31")
}

// No rule is never permission: whatever rules are taken away, what none speaks on is escalated, and what is permitted is
// permitted by a rule that is there.
func TestPropertyNoRuleEscalates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kept := slices.DeleteFunc(slices.Clone(Default().rules), func(r *rule) bool { return rapid.Bool().Draw(t, "drop "+r.id) })
		req, f := someRequest(t), someFacts(t)
		for topic, a := range laid(with(Default(), kept).Determine(req, f)) {
			spoke := slices.ContainsFunc(a.reasons, func(r casework.Reason) bool {
				return slices.ContainsFunc(kept, func(k *rule) bool { return k.id == r.Rule && slices.Contains(k.about(), topic) })
			})
			if !spoke {
				require.Equal(t, casework.Escalate, a.answer, "%s, on which no rule speaks", topic)
				require.Equal(t, "policy.no_rule", a.reasons[0].Rule)
			}
		}
		for topic, a := range laid(with(Default(), nil).Determine(req, f)) {
			require.Equal(t, casework.Escalate, a.answer, "%s without rules", topic)
		}
	})
}

// An evaluation error never permits: whichever rule breaks down, nothing is permitted that was not, nothing that the rule
// could have forbidden is permitted, and no duty is lost.
func TestPropertyAnErrorNeverPermits(t *testing.T) {
	failing := written(t, `when: instrument.legal_basis[7] == "x"`, "then: {ground: true}").when
	rapid.Check(t, func(t *rapid.T) {
		req, f := someRequest(t), someFacts(t)
		i := rapid.IntRange(0, len(Default().rules)-1).Draw(t, "rule")
		rules := slices.Clone(Default().rules)
		broken := *rules[i]
		broken.when = failing
		rules[i] = &broken
		before, after := Default().Determine(req, f), with(Default(), rules).Determine(req, f)
		was := laid(before)
		for topic, a := range laid(after) {
			requireNoWider(t, topic, was[topic], a)
		}
		require.False(t, after.Outcome == casework.OutcomeDisclose && before.Outcome != casework.OutcomeDisclose, "%s fails", broken.id)
		require.GreaterOrEqual(t, after.Approvals.Required, min(before.Approvals.Required, 2), "%s fails", broken.id)
		if broken.recounts() {
			return // under another instrument there are other duties; everything is escalated
		}
		require.LessOrEqual(t, rank(duties, after.Notice.Duty), rank(duties, before.Notice.Duty), "%s fails", broken.id)
		require.GreaterOrEqual(t, rank(levels, after.Verification.Level), rank(levels, before.Verification.Level), "%s fails", broken.id)
	})
}

// Every answer has a reason, each with a citation and a sentence, and the same request is answered alike.
func TestPropertyEveryAnswerIsReasoned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		req, f := someRequest(t), someFacts(t)
		d := Default().Determine(req, f)
		for topic, a := range laid(d) {
			require.NotEmpty(t, a.reasons, "%s", topic)
			for _, r := range a.reasons {
				require.NotEmpty(t, r.Citation+r.Sentence, "%s", r.Rule)
			}
		}
		assert.Equal(t, d, Default().Determine(req, f))
	})
}

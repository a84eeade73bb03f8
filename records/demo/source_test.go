package demo

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/records"
)

var now = time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)

var shared = sync.OnceValue(func() *Source { return New(1, func() time.Time { return now }) })

var stored = []casework.Data{casework.Subscriber, casework.Identification, casework.Traffic, casework.Content}

func day(s casework.Date) time.Time { return s.Start(time.UTC) }

func look(t testing.TB, s *Source, q casework.Query) (out []casework.Row) {
	t.Helper()
	for row, err := range s.Look(context.Background(), q) {
		require.NoError(t, err)
		out = append(out, row)
	}
	return out
}

func resolve(t testing.TB, target casework.Target) (out []string) {
	t.Helper()
	found, err := shared().Resolve(context.Background(), target)
	require.NoError(t, err)
	for _, h := range found {
		out = append(out, h.Account)
	}
	return out
}

func TestThereAreFiveThousandDifferentAccounts(t *testing.T) {
	numbers, emails, languages := map[string]bool{}, map[string]bool{}, map[string]int{}
	for _, p := range shared().people {
		numbers[p.number], emails[p.email] = true, true
		languages[p.language]++
		require.Regexp(t, `^[a-z]+\.[a-z]+(\.[0-9]+)?@example\.(com|net|org)$`, p.email)
		require.Regexp(t, `^[a-z0-9-]+\.example$`, p.domain)
		require.Regexp(t, `^\+1[0-9]{3}55501[0-9]{2}$`, p.phone)
	}
	require.Len(t, numbers, Accounts)
	require.Len(t, emails, Accounts)
	require.Len(t, languages, 3)
	require.Greater(t, min(languages["en"], languages["de"], languages["fr"]), 1000)
}

func TestHarborLightsHasRowsOfEveryCategoryInAnyFortnight(t *testing.T) {
	for from := now.AddDate(-2, 0, 1); from.Before(now.AddDate(0, 0, -14)); from = from.AddDate(0, 0, 1) {
		for _, d := range stored {
			rows := look(t, shared(), casework.Query{Account: HarborLights, Data: d, From: from, Until: from.AddDate(0, 0, 14)})
			dated := slices.ContainsFunc(rows, func(r casework.Row) bool { return !r.At.IsZero() })
			require.True(t, dated, "no %s from %s", d, from)
		}
	}
}

func TestHarborLightsFromJuneToOctober(t *testing.T) {
	counts := map[casework.Data]int{}
	for _, d := range stored {
		counts[d] = len(look(t, shared(), casework.Query{Account: HarborLights, Data: d, From: day("2026-06-01"), Until: day("2026-11-01")}))
	}
	t.Log(counts)
	require.Greater(t, counts[casework.Content], 100)
	require.Greater(t, counts[casework.Traffic], 500)
}

func TestTheSameSeedHasTheSameRecordsWhateverTheDay(t *testing.T) {
	later := New(1, func() time.Time { return now.AddDate(0, 3, 0) })
	other := New(2, func() time.Time { return now })
	for _, account := range []string{HarborLights, shared().people[4321].email} {
		for _, d := range stored {
			q := casework.Query{Account: account, Data: d, From: day("2026-06-01"), Until: day("2026-11-01")}
			require.Equal(t, look(t, shared(), q), look(t, later, q))
		}
	}
	q := casework.Query{Account: HarborLights, Data: casework.Content, From: day("2026-06-01"), Until: day("2026-11-01")}
	require.NotEqual(t, look(t, shared(), q), look(t, other, q))
}

func TestEveryRowIsWhatWasAskedInOrder(t *testing.T) {
	fields := []casework.SubscriberField{casework.FieldName, casework.FieldSessionTimes}
	for _, i := range []int{0, 1, 300, 4999} {
		p := shared().people[i]
		for _, d := range stored {
			q := casework.Query{Account: p.email, Data: d, From: day("2026-06-10").Add(7 * time.Hour), Until: day("2026-07-20").Add(5 * time.Hour)}
			if d == casework.Subscriber {
				q.Fields = fields
			}
			rows := look(t, shared(), q)
			require.NotEmpty(t, rows)
			require.True(t, slices.IsSortedFunc(rows, func(a, b casework.Row) int { return a.At.Compare(b.At) }))
			n, err := records.WriteCSV(io.Discard, shared().Columns(d), all(rows), records.ScopeOf(q))
			require.NoError(t, err)
			require.Equal(t, len(rows), n)
		}
	}
}

func all(rows []casework.Row) iter.Seq2[casework.Row, error] {
	return func(yield func(casework.Row, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func TestOpenEndsAreTheTwoYears(t *testing.T) {
	rows := look(t, shared(), casework.Query{Account: HarborLights, Data: casework.Traffic})
	first, last := rows[0].At, rows[len(rows)-1].At
	require.WithinRange(t, first, now.AddDate(-2, 0, 0), now.AddDate(-2, 0, 5))
	require.WithinRange(t, last, now.AddDate(0, 0, -5), now)
	require.Equal(t, rows, look(t, shared(), casework.Query{Account: HarborLights, Data: casework.Traffic, From: day("1990-01-01"), Until: day("2090-01-01")}))
}

func TestTheSubscriberRecordHasEveryField(t *testing.T) {
	seen := map[casework.SubscriberField]bool{}
	for _, row := range look(t, shared(), casework.Query{Account: HarborLights, Data: casework.Subscriber}) {
		dated := row.Field == casework.FieldSessionTimes || row.Field == casework.FieldNetworkAddresses
		require.Equal(t, dated, !row.At.IsZero(), row.Field)
		seen[row.Field] = true
	}
	require.Len(t, seen, len(casework.SubscriberFields))
}

func TestNothingLiveIsStored(t *testing.T) {
	for _, d := range []casework.Data{casework.LiveTraffic, casework.LiveContent} {
		require.Empty(t, look(t, shared(), casework.Query{Account: HarborLights, Data: d}))
		require.Equal(t, "account", shared().Columns(d)[0])
	}
	require.Nil(t, shared().Columns("rumours"))
}

func TestAnAccountThatIsNotThere(t *testing.T) {
	_, err := shared().Holder(context.Background(), "nobody@example.net")
	require.Equal(t, casework.NotFound, casework.CodeOf(err))
	for _, err := range shared().Look(context.Background(), casework.Query{Account: "nobody@example.net", Data: casework.Traffic}) {
		require.Equal(t, casework.NotFound, casework.CodeOf(err))
	}
}

func TestHolder(t *testing.T) {
	h, err := shared().Holder(context.Background(), HarborLights)
	require.NoError(t, err)
	require.Equal(t, casework.AccountHolder{Account: HarborLights, Email: HarborLights, Language: "en"}, h)
	require.Equal(t, "demo", shared().Name())
}

func TestTargetsOfEveryType(t *testing.T) {
	port := 5000
	harbor := []string{HarborLights}
	p := shared().people[0]
	require.Equal(t, harbor, resolve(t, casework.Target{Type: casework.AccountEmail, Value: " Harbor.Lights@EXAMPLE.net"}))
	require.Equal(t, harbor, resolve(t, casework.Target{Type: casework.AccountID, Value: HarborLights}))
	require.Equal(t, harbor, resolve(t, casework.Target{Type: casework.AccountID, Value: strings.ToLower(p.number)}))
	require.Equal(t, harbor, resolve(t, casework.Target{Type: casework.Domain, Value: "Harbor-Lights.example."}))
	require.Equal(t, harbor, resolve(t, casework.Target{Type: casework.IPAddress, Value: p.v4.String()}))
	require.Equal(t, harbor, resolve(t, casework.Target{Type: casework.IPAddress, Value: "::ffff:" + p.v4.String(), Port: &port}))
	require.Equal(t, harbor, resolve(t, casework.Target{Type: casework.IPAddress, Value: p.v6.Addr().Next().String()}))
	require.Equal(t, harbor, resolve(t, casework.Target{Type: casework.Phone, Value: "+1 (617) 555-0100"}))
	require.Equal(t, harbor, resolve(t, casework.Target{Type: casework.PaymentID, Value: p.payment}))
}

func TestTargetsThatNameNobody(t *testing.T) {
	for _, target := range []casework.Target{
		{Type: casework.AccountEmail, Value: "nobody@example.net"}, {Type: casework.AccountEmail, Value: shared().people[0].number},
		{Type: casework.AccountID, Value: ""}, {Type: casework.Domain, Value: "example.net"}, {Type: casework.IPAddress, Value: "192.0.2.1"},
		{Type: casework.IPAddress, Value: "2001:db8::1"}, {Type: casework.IPAddress, Value: "nonsense"}, {Type: casework.Phone, Value: "911"},
		{Type: casework.PaymentID, Value: ""}, {Type: casework.URL, Value: "https://harbor-lights.example/"}, {Type: casework.OtherTarget, Value: HarborLights},
	} {
		require.Empty(t, resolve(t, target), target.Type)
	}
	stopped, stop := context.WithCancel(context.Background())
	stop()
	_, err := shared().Resolve(stopped, casework.Target{Type: casework.AccountEmail, Value: HarborLights})
	require.ErrorIs(t, err, context.Canceled)
}

func TestSomeShareAPhoneADomainOrAnAddress(t *testing.T) {
	people := shared().people
	require.Equal(t, []string{people[5].email, people[6].email}, resolve(t, casework.Target{Type: casework.Phone, Value: people[6].phone}))
	require.Equal(t, []string{people[8].email, people[9].email}, resolve(t, casework.Target{Type: casework.Domain, Value: people[9].domain}))
	p := people[4000]
	behind := casework.Target{Type: casework.IPAddress, Value: p.v4.String()}
	require.Greater(t, len(resolve(t, behind)), 10)
	behind.Port = &p.ports.first
	require.Equal(t, []string{p.email}, resolve(t, behind), "the port tells who it was")
}

// Every address in a row leads back to its account, and belongs to nobody in the world.
func TestAddressesAreThoseOfDocumentation(t *testing.T) {
	free := []netip.Prefix{netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("2001:db8::/32")}
	edge := netip.MustParsePrefix("2001:db8::/48")
	for i := 0; i < Accounts; i += 97 {
		p := shared().people[i]
		for _, row := range look(t, shared(), casework.Query{Account: p.email, Data: casework.Identification}) {
			ip := netip.MustParseAddr(row.Cells[2])
			require.True(t, slices.ContainsFunc(free, func(f netip.Prefix) bool { return f.Contains(ip) }), ip)
			require.False(t, edge.Contains(ip), ip)
			require.Contains(t, resolve(t, casework.Target{Type: casework.IPAddress, Value: ip.String()}), p.email)
		}
	}
}

func TestLookStopsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	n, last := 0, error(nil)
	for _, err := range shared().Look(ctx, casework.Query{Account: HarborLights, Data: casework.Traffic}) {
		if n++; n == 3 {
			stop()
		}
		last = err
	}
	require.ErrorIs(t, last, context.Canceled)
	require.Less(t, n, 20)
}

func TestLookStopsWhenNoMoreIsWanted(t *testing.T) {
	for _, d := range stored {
		n := 0
		for _, err := range shared().Look(context.Background(), casework.Query{Account: HarborLights, Data: d}) {
			require.NoError(t, err)
			if n++; n == 2 {
				break
			}
		}
		require.Equal(t, 2, n)
	}
}

func TestLookHoldsNoMoreThanADay(t *testing.T) {
	q := casework.Query{Account: HarborLights, Data: casework.Traffic}
	allocs := testing.AllocsPerRun(3, func() {
		for _, err := range shared().Look(context.Background(), q) {
			require.NoError(t, err)
			break
		}
	})
	rows := len(look(t, shared(), q))
	require.Less(t, allocs, float64(rows)/4, "the first row must not cost all of them")
}

func TestTheSourceMayBeAskedByManyAtOnce(t *testing.T) {
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			p := shared().people[i]
			_, err := shared().Resolve(context.Background(), casework.Target{Type: casework.AccountID, Value: p.number})
			failed := []error{err}
			for _, err := range shared().Look(context.Background(), casework.Query{Account: p.email, Data: casework.Content}) {
				failed = append(failed, err)
			}
			if err := errors.Join(failed...); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func TestNoTextOfTheDemoIsAFormula(t *testing.T) {
	for _, d := range stored {
		var out strings.Builder
		_, err := records.WriteCSV(&out, shared().Columns(d), shared().Look(context.Background(), casework.Query{Account: HarborLights, Data: d}),
			records.Scope{Account: HarborLights})
		require.NoError(t, err)
		rows, err := csv.NewReader(strings.NewReader(out.String())).ReadAll()
		require.NoError(t, err)
		require.Equal(t, shared().Columns(d), rows[0])
		require.NotContains(t, out.String(), "'=")
	}
}

func BenchmarkLook(b *testing.B) {
	for b.Loop() {
		look(b, shared(), casework.Query{Account: HarborLights, Data: casework.Traffic})
	}
}

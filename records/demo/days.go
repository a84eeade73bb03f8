package demo

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"dueprocess/casework"
)

// byDay makes what happened to an account on one day (midnight, UTC), in the order of time.
var byDay = map[casework.Data]func(s *Source, p *person, day time.Time) []casework.Row{
	casework.Subscriber:     (*Source).sessions,
	casework.Identification: (*Source).identifications,
	casework.Traffic:        (*Source).traffic,
	casework.Content:        (*Source).content,
}

// record is the part of the subscriber record that has no date.
func (p *person) record() []casework.Row {
	out := []casework.Row{}
	for _, f := range []struct {
		field casework.SubscriberField
		value string
	}{
		{casework.FieldName, p.name}, {casework.FieldAddress, p.address},
		{casework.FieldLengthOfService, "since " + p.since.Format(casework.DayFormat)}, {casework.FieldServiceTypes, p.services},
		{casework.FieldIdentifiers, p.number}, {casework.FieldIdentifiers, p.email}, {casework.FieldIdentifiers, p.domain},
		{casework.FieldIdentifiers, p.phone}, {casework.FieldPayment, "card, " + p.payment},
	} {
		out = append(out, casework.Row{Field: f.field, Cells: []string{p.email, string(f.field), "", f.value}})
	}
	return out
}

// happened are the instants of one day at which something happened, up to most of them, in order; none on a quiet day.
func (s *Source) happened(p *person, day time.Time, what uint64, most int) (*dice, []time.Time) {
	d := s.roll(uint64(p.i), uint64(day.Unix()), what) //nolint:gosec // neither is negative
	if d.upTo(10) >= p.busy {
		return d, nil
	}
	at := make([]time.Time, 1+d.upTo(most))
	for i := range at {
		at[i] = day.Add(time.Duration(d.upTo(24*3600)) * time.Second)
	}
	slices.SortFunc(at, time.Time.Compare)
	return d, at
}

// line is the address and the port from which an account did something.
func (p *person) line(d *dice) (ip, port string) {
	if d.upTo(3) == 0 {
		return p.v6.Addr().Next().String(), strconv.Itoa(1024 + d.upTo(60000))
	}
	return p.v4.String(), strconv.Itoa(p.ports.first + d.upTo(p.ports.count))
}

// login is one sign-in: subscriber and identification records both tell of it.
type login struct {
	at       time.Time
	ip, port string
	minutes  int
}

func (s *Source) logins(p *person, day time.Time) (out []login) {
	d, times := s.happened(p, day, 'l', 3)
	for _, at := range times {
		ip, port := p.line(d)
		out = append(out, login{at, ip, port, 1 + d.upTo(120)})
	}
	return out
}

func (s *Source) sessions(p *person, day time.Time) (out []casework.Row) {
	for _, l := range s.logins(p, day) {
		at := l.at.Format(time.RFC3339)
		lasted := strconv.Itoa(l.minutes) + " min"
		out = append(out,
			casework.Row{At: l.at, Field: casework.FieldSessionTimes, Cells: []string{p.email, string(casework.FieldSessionTimes), at, lasted}},
			casework.Row{At: l.at, Field: casework.FieldNetworkAddresses, Cells: []string{p.email, string(casework.FieldNetworkAddresses), at, l.ip}})
	}
	return out
}

func (s *Source) identifications(p *person, day time.Time) (out []casework.Row) {
	for _, l := range s.logins(p, day) {
		out = append(out, casework.Row{At: l.at, Cells: []string{p.email, l.at.Format(time.RFC3339), l.ip, l.port}})
	}
	return out
}

func (s *Source) traffic(p *person, day time.Time) (out []casework.Row) {
	d, times := s.happened(p, day, 't', 12)
	for _, at := range times {
		ip, _ := p.line(d)
		out = append(out, casework.Row{At: at, Cells: []string{
			p.email, at.Format(time.RFC3339), ip, d.pick(methods), p.domain,
			strconv.Itoa(1 + d.upTo(90)), d.pick(statuses), strconv.Itoa(200 + d.upTo(60000)),
		}})
	}
	return out
}

func (s *Source) content(p *person, day time.Time) (out []casework.Row) {
	d, times := s.happened(p, day, 'c', 2)
	l := locales[p.i%len(locales)]
	for _, at := range times {
		body := strings.Join([]string{d.pick(l.sentences), d.pick(l.sentences), d.pick(l.sentences)}, " ")
		out = append(out, casework.Row{At: at, Cells: []string{
			p.email, at.Format(time.RFC3339), d.pick([]string{"mail", "mail", "page"}), d.pick(l.subjects), body,
		}})
	}
	return out
}

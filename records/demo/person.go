package demo

import (
	"fmt"
	"net/netip"
	"strings"
	"time"

	"dueprocess/casework"
)

// person is an account and whom it belongs to.
type person struct {
	i        int
	email    string
	number   string // the account's own
	domain   string
	phone    string
	payment  string
	language string
	name     string
	address  string
	since    time.Time
	services string
	v4       netip.Addr
	ports    ports
	v6       netip.Prefix
	busy     int // of ten days, on how many something happens
}

// ports are those that an account has behind its address: where an address is shared, they tell who it was.
type ports struct{ first, count int }

func (p ports) has(port int) bool { return port >= p.first && port < p.first+p.count }

const (
	addressOwners = 240 // so many accounts have an IPv4 address of their own; the rest share
	sharedPool    = 254
	household     = 40 // in each so many accounts, one shares its neighbour's phone and one its neighbour's domain
)

// born makes the i-th account.
func (s *Source) born(i int) person {
	d := s.roll(uint64(i), 'p') //nolint:gosec // i is never negative
	l := locales[i%len(locales)]
	first, last := d.pick(l.first), d.pick(l.last)
	p := person{
		i: i, language: l.language, name: first + " " + last,
		number: fmt.Sprintf("A-%06d", 100000+i),
		email:  fmt.Sprintf("%s.%s.%d@example.%s", plain(first), plain(last), i, d.pick([]string{"com", "net", "org"})),
		domain: fmt.Sprintf("%s-%s-%d.example", d.pick(adjectives), d.pick(nouns), i), phone: phone(i),
		payment: fmt.Sprintf("pay_%012x", d.next()&0xffffffffffff), address: fmt.Sprintf("%d %s, %s", 1+d.upTo(180), d.pick(l.street), d.pick(l.town)),
		since:    time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, d.upTo(9*365)),
		services: d.pick([]string{"mail", "mail, web hosting", "mail, web hosting, storage"}), busy: 2 + d.upTo(5),
	}
	p.v4, p.ports = lineOf(i)
	p.v6 = netip.PrefixFrom(netip.AddrFrom16([16]byte{0x20, 0x01, 0x0d, 0xb8, byte((i + 0x100) >> 8), byte(i)}), 48) //nolint:gosec // i < 5,000
	return s.placed(p)
}

// placed makes the first account Harbor Lights, and lets some others share a phone or a domain.
func (s *Source) placed(p person) person {
	switch {
	case p.i == 0:
		p.email, p.domain, p.name, p.language = HarborLights, "harbor-lights.example", "Harbor Lights Cooperative", "en"
		p.services, p.busy = "mail, web hosting, storage", 9
	case p.i%household == 6:
		p.phone = phone(p.i - 1)
	case p.i%household == 9:
		p.domain = s.people[p.i-1].domain
	}
	return p
}

// phone is a number of the range that is kept for fiction (555-0100 to 555-0199).
func phone(i int) string { return fmt.Sprintf("+1%d55501%02d", areas[i/100], i%100) }

// lineOf is an account's IPv4 address: its own, or one shared with others, told apart by their ports.
func lineOf(i int) (netip.Addr, ports) {
	if i < addressOwners {
		return netip.AddrFrom4([4]byte{198, 51, 100, byte(10 + i)}), ports{1024, 64000} //nolint:gosec // below 250
	}
	return netip.AddrFrom4([4]byte{203, 0, 113, byte(1 + i%sharedPool)}), ports{1024 + i/sharedPool*3000, 3000}
}

func (p *person) holder() casework.AccountHolder {
	return casework.AccountHolder{Account: p.email, Email: p.email, Language: p.language}
}

var ascii = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "é", "e", "è", "e", "ç", "c", "ï", "i", "ë", "e", "î", "i")

// plain is a name as it stands in an e-mail address.
func plain(name string) string { return ascii.Replace(strings.ToLower(name)) }

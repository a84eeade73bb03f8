package demo

import (
	"context"
	"net/netip"
	"slices"
	"strings"

	"dueprocess/casework"
)

// Resolve finds the accounts that a target names. An address that several share names all of them, unless the target
// has the port; a link or anything else names none here.
func (s *Source) Resolve(ctx context.Context, t casework.Target) ([]casework.AccountHolder, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var out []casework.AccountHolder
	for _, i := range s.named(t) {
		out = append(out, s.people[i].holder())
	}
	return out, nil
}

func (s *Source) named(t casework.Target) []int {
	value := strings.TrimSpace(t.Value)
	switch t.Type {
	case casework.AccountID:
		return slices.Concat(s.byName[strings.ToLower(value)], s.byName[strings.ToUpper(value)])
	case casework.AccountEmail:
		return s.email(strings.ToLower(value))
	case casework.Domain:
		return s.byOther[other{t.Type, strings.TrimSuffix(strings.ToLower(value), ".")}]
	case casework.Phone:
		return s.byOther[other{t.Type, dialled(value)}]
	case casework.PaymentID:
		return s.byOther[other{t.Type, strings.ToLower(value)}]
	case casework.IPAddress:
		return s.at(value, t.Port)
	case casework.URL, casework.OtherTarget:
	}
	return nil
}

func (s *Source) email(address string) []int {
	if !strings.Contains(address, "@") {
		return nil
	}
	return s.byName[address]
}

// at are the accounts behind an address, and behind the port where one is named.
func (s *Source) at(value string, port *int) (out []int) {
	ip, err := netip.ParseAddr(value)
	if err != nil {
		return nil
	}
	ip = ip.Unmap()
	for i, p := range s.people {
		if p.v6.Contains(ip) || p.v4 == ip && (port == nil || p.ports.has(*port)) {
			out = append(out, i)
		}
	}
	return out
}

// dialled is a telephone number without the marks that people put between its digits.
func dialled(number string) string {
	return strings.Map(func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, number)
}

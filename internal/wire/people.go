package wire

import (
	"context"
	"strings"

	"dueprocess/casework"
)

// people finds our own people for alarms.
type people struct{ o *Office }

// Users lists them.
func (s people) Users(ctx context.Context) ([]casework.Actor, error) { return s.o.Registry.Users(ctx) }

// Address is the name itself where that is an address, as identity providers give it; else the name at our own domain.
func (s people) Address(name string) string {
	if strings.Contains(name, "@") {
		return name
	}
	_, domain, _ := strings.Cut(s.o.Settings.From, "@")
	return name + "@" + domain
}

// DutyOfficer is the profile's.
func (s people) DutyOfficer() string { return s.o.Rules().Profile().DutyOfficer }

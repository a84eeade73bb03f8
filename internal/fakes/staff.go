package fakes

import (
	"context"

	"dueprocess/casework"
)

// Staff are our own people; each is mailed at NAME@office.test.
type Staff []casework.Actor

// Users lists them.
func (s Staff) Users(context.Context) ([]casework.Actor, error) { return s, nil }

// Address is where one of them is mailed.
func (Staff) Address(name string) string { return name + "@office.test" }

// DutyOfficer is on duty.
func (Staff) DutyOfficer() string { return "duty@office.test" }

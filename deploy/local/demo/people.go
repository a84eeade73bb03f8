package demo

import (
	"strings"

	"dueprocess/casework"
)

// Person is somebody of staff.
type Person struct {
	Name  string
	Roles []casework.Role
}

// People are the demo's people of staff.
var People = []Person{
	{"olivia", []casework.Role{casework.LegalOps}},
	{"omar", []casework.Role{casework.LegalOps}},
	{"rosa", []casework.Role{casework.Reviewer}},
	{"rafael", []casework.Role{casework.Reviewer}},
	{"mina", []casework.Role{casework.Manager}},
	{"adam", []casework.Role{casework.Admin}},
	{"tess", []casework.Role{casework.Auditor}},
}

// groups are what the demo's identity provider calls the teams, by role.
var groups = map[casework.Role]string{
	casework.LegalOps: "Legal operations", casework.Reviewer: "Reviewers", casework.Manager: "Managers", casework.Admin: "Administrators", casework.Auditor: "Auditors",
}

// Groups are the teams that somebody is in.
func (p Person) Groups() []string {
	out := []string{}
	for _, r := range p.Roles {
		out = append(out, groups[r])
	}
	return out
}

// GroupRoles says which role each team has, as a setting.
func GroupRoles() string {
	out := []string{}
	for _, r := range casework.Roles {
		out = append(out, groups[r]+"="+string(r))
	}
	return strings.Join(out, ",")
}

func actor(name string) casework.Actor {
	for _, p := range People {
		if p.Name == name {
			return casework.Actor{Kind: casework.Person, Name: p.Name, Roles: p.Roles}
		}
	}
	return casework.Actor{Kind: casework.Person, Name: name}
}

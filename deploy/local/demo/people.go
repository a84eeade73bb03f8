package demo

import "dueprocess/casework"

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

func actor(name string) casework.Actor {
	for _, p := range People {
		if p.Name == name {
			return casework.Actor{Kind: casework.Person, Name: p.Name, Roles: p.Roles}
		}
	}
	return casework.Actor{Kind: casework.Person, Name: name}
}

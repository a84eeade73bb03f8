package generate

import "dueprocess/casework"

// The people of the demo.
var (
	olivia = casework.Actor{Kind: casework.Person, Name: "olivia", Roles: []casework.Role{casework.LegalOps}}
	omar   = casework.Actor{Kind: casework.Person, Name: "omar", Roles: []casework.Role{casework.LegalOps}}
	rosa   = casework.Actor{Kind: casework.Person, Name: "rosa", Roles: []casework.Role{casework.Reviewer}}
	rafael = casework.Actor{Kind: casework.Person, Name: "rafael", Roles: []casework.Role{casework.Reviewer}}
	mina   = casework.Actor{Kind: casework.Person, Name: "mina", Roles: []casework.Role{casework.Manager}}
)

// outsider is the authority's or the customer's own hand.
func outsider(kind casework.ActorKind, name string) casework.Actor {
	return casework.Actor{Kind: kind, Name: name}
}

// clerk is who of legal operations has the case in hand.
func (l *life) clerk() casework.Actor {
	if l.c.Restricted || l.first {
		return olivia
	}
	return omar
}

// reviewer is who decides it.
func (l *life) reviewer() casework.Actor {
	if l.second {
		return rosa
	}
	return rafael
}

// approver is the other one.
func (l *life) approver() casework.Actor {
	if l.c.Decision != nil && l.c.Decision.By == rosa.Name {
		return rafael
	}
	return rosa
}

// manager is mina, unless the case's wall keeps her out.
func (l *life) manager() casework.Actor {
	if l.c.WalledOff(mina) {
		return l.reviewer()
	}
	return mina
}

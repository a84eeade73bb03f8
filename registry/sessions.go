package registry

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"dueprocess/casework"
	"dueprocess/registry/queries"
	"dueprocess/registry/stamp"
)

// SignIn enters a person with the roles that they have from now on, and their new session.
func (r *Registry) SignIn(ctx context.Context, who casework.Identified, s casework.Session, expired time.Time) (casework.Actor, error) {
	var user queries.LockUserRow
	err := r.write(ctx, func(t tx) (err error) {
		if err := t.DropSessionsBegunBefore(ctx, stamp.Of(expired)); err != nil {
			return err
		}
		if user, err = t.lockPerson(ctx, who); err != nil {
			return err
		}
		return t.signIn(ctx, who, user, s)
	})
	switch {
	case err != nil:
		return casework.Actor{}, err
	case len(who.Roles) == 0:
		return casework.Actor{}, errNoRole
	}
	return person(user.Name, list(who.Roles)), nil
}

var errNoRole = casework.Refuse(casework.Forbidden, "None of your groups has a role here. Ask your administrator to put you into one.")

// lockPerson finds the person by the provider's own name for them, or enters them under theirs.
func (t tx) lockPerson(ctx context.Context, who casework.Identified) (queries.LockUserRow, error) {
	known, err := t.UserBySubject(ctx, plain(who.Subject))
	name := known.Name
	if errors.Is(err, sql.ErrNoRows) {
		name, err = plain(who.Name), t.ReserveUser(ctx, plain(who.Name))
	}
	if err != nil {
		return queries.LockUserRow{}, err
	}
	user, err := t.LockUser(ctx, name)
	if err == nil && user.Subject != "" && user.Subject != plain(who.Subject) {
		err = casework.Refuse(casework.Forbidden, "Your name here already belongs to somebody else. Ask your administrator.")
	}
	return user, err
}

// MoveSubjects keeps people who they are while the provider that names them moves: moved tells what a subject is from now
// on. It is for a provider that is known to be the same, such as the local mode's own; nobody is signed in or out by it.
func (r *Registry) MoveSubjects(ctx context.Context, moved func(subject string) string) error {
	return r.write(ctx, func(t tx) error {
		people, err := t.People(ctx)
		if err != nil {
			return err
		}
		for _, p := range people {
			if err := t.moveSubject(ctx, p, moved); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t tx) moveSubject(ctx context.Context, p queries.PeopleRow, moved func(subject string) string) error {
	user, err := t.LockUser(ctx, p.Name)
	now := plain(moved(user.Subject))
	if err != nil || now == user.Subject {
		return err
	}
	return t.SetSignedIn(ctx, queries.SetSignedInParams{Name: user.Name, Roles: user.Roles, Subject: now, SignedInAt: p.SignedInAt})
}

// signIn writes what the person now is; who is nobody any more has no session, and who never was anybody is not entered.
func (t tx) signIn(ctx context.Context, who casework.Identified, user queries.LockUserRow, s casework.Session) error {
	if len(who.Roles) == 0 && user.Subject == "" && user.Roles == "" {
		return errNoRole
	}
	now := list(who.Roles)
	if err := t.SetSignedIn(ctx, queries.SetSignedInParams{Name: user.Name, Roles: now, Subject: plain(who.Subject), SignedInAt: stamp.Of(s.BeganAt)}); err != nil {
		return err
	}
	if user.Roles != now {
		c := settingsChange{"user/" + user.Name, map[string]string{"roles": user.Roles}, map[string]string{"roles": now}}
		if err := t.changeSettings(ctx, c, casework.TheSystem, s.BeganAt); err != nil {
			return err
		}
	}
	if len(who.Roles) == 0 {
		return t.DropSessionsOf(ctx, user.Name)
	}
	return t.AddSession(ctx, queries.AddSessionParams{
		Sha256: s.SHA256, Name: user.Name, BeganAt: stamp.Of(s.BeganAt), SeenAt: stamp.Of(s.BeganAt), FreshAt: stamp.Of(who.At),
	})
}

// Session reads a session, over or not, and its person with the roles that they have now.
func (r *Registry) Session(ctx context.Context, sha256 string) (casework.Session, casework.Actor, error) {
	s, err := r.reads.Session(ctx, sha256)
	if errors.Is(err, sql.ErrNoRows) {
		return casework.Session{}, casework.Actor{}, casework.Refuse(casework.Unauthenticated, "Please sign in.")
	}
	kept := casework.Session{SHA256: s.Sha256, Name: s.Name, BeganAt: s.BeganAt.Time, SeenAt: s.SeenAt.Time, FreshAt: s.FreshAt.Time}
	return kept, person(s.Name, s.Roles), fault(err)
}

// Seen notes that something was asked with a session.
func (r *Registry) Seen(ctx context.Context, sha256 string, at time.Time) error {
	return r.write(ctx, func(t tx) error {
		return t.SeeSession(ctx, queries.SeeSessionParams{Sha256: sha256, SeenAt: stamp.Of(at)})
	})
}

// SignOut ends a session; one that is not there is no error.
func (r *Registry) SignOut(ctx context.Context, sha256 string) error {
	return r.write(ctx, func(t tx) error { return t.DropSession(ctx, sha256) })
}

// People lists who has signed in or was entered, by name.
func (r *Registry) People(ctx context.Context) ([]casework.KnownPerson, error) {
	rows, err := r.reads.People(ctx)
	out := make([]casework.KnownPerson, len(rows))
	for i, p := range rows {
		out[i] = casework.KnownPerson{Actor: person(p.Name, p.Roles), SignedInAt: p.SignedInAt.Time}
	}
	return out, fault(err)
}

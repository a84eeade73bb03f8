package registry

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/ledger"
	"dueprocess/registry/queries"
	"dueprocess/registry/stamp"
)

// saltSize is how many random bytes keep a personal part from being guessed out of its commitment.
const saltSize = 32

// chain is where a case's ledger entries end.
type chain struct {
	caseID, caseKey string
	sequence        int
	leaf            string
}

// appendEvents writes events after the last one, each with its leaf; the case's row is locked.
func (t tx) appendEvents(ctx context.Context, end chain, step int, facts ledger.Facts, events []casework.Event) (chain, error) {
	facts = maps.Clone(facts)
	facts[ledger.StepFact], facts[ledger.CaseFact] = strconv.Itoa(step), end.caseID
	for _, e := range events {
		next, err := t.appendEvent(ctx, end, step, facts, e)
		if err != nil {
			return end, err
		}
		end = next
	}
	return end, nil
}

func (t tx) appendEvent(ctx context.Context, end chain, step int, facts ledger.Facts, e casework.Event) (chain, error) {
	salt := make([]byte, saltSize)
	_, _ = rand.Read(salt) // never fails
	e.Actor.Name, e.Old, e.New = plain(e.Actor.Name), object(e.Old), object(e.New)
	entry := ledger.Entry{
		CaseKey: end.caseKey, Sequence: end.sequence + 1, At: e.At, Verb: e.Verb, ActorID: ledger.ActorID(e.Actor), Facts: facts,
		Prev: end.leaf, Commitment: ledger.Commit(salt, ledger.Personal(e)),
	}
	leaf := entry.Leaf()
	if err := t.addEvent(ctx, end.caseID, step, salt, e, entry, leaf); err != nil {
		return end, err
	}
	end.sequence, end.leaf = entry.Sequence, leaf
	return end, t.AddLeaf(ctx, queries.AddLeafParams{CaseID: end.caseID, Sequence: int64(end.sequence), Leaf: end.leaf})
}

func (t tx) addEvent(ctx context.Context, id string, step int, salt []byte, e casework.Event, entry ledger.Entry, leaf string) error {
	facts, err := json.Marshal(entry.Facts)
	if err != nil {
		return err
	}
	return t.AddEvent(ctx, queries.AddEventParams{
		CaseID: id, Sequence: int64(entry.Sequence), Step: int64(step), At: stamp.Of(e.At), Verb: string(e.Verb), ActorKind: string(e.Actor.Kind),
		ActorName: e.Actor.Name, Old: string(e.Old), New: string(e.New), Salt: salt, Commitment: entry.Commitment, Facts: string(facts),
		Prev: entry.Prev, Leaf: leaf,
	})
}

// object is the JSON of an event's old or new state; nothing is an empty object.
func object(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 || !json.Valid(raw) {
		return json.RawMessage(`{}`)
	}
	return json.RawMessage(strings.ToValidUTF8(string(raw), "\uFFFD"))
}

// Events reads the ledger entries of a case, the first first.
func (r *Registry) Events(ctx context.Context, id string, viewer casework.Actor) ([]casework.Event, error) {
	kept, err := r.reads.CaseView(ctx, id)
	if err != nil {
		return nil, orNoCase(err)
	}
	if err := passes(ctx, r.reads, id, kept.Restricted, viewer); err != nil {
		return nil, err
	}
	rows, err := r.reads.EventsOf(ctx, id)
	out := make([]casework.Event, len(rows))
	for i, e := range rows {
		out[i] = event(e)
	}
	return out, fault(firstOf(err, r.maskLinked(ctx, out, viewer), r.prove(ctx, id, out)))
}

func event(e queries.Event) casework.Event {
	return casework.Event{
		Sequence: int(e.Sequence), At: e.At.Time, Actor: casework.Actor{Kind: casework.ActorKind(e.ActorKind), Name: e.ActorName},
		Verb: casework.Verb(e.Verb), Old: json.RawMessage(e.Old), New: json.RawMessage(e.New), Prev: e.Prev, Leaf: e.Leaf,
		Proof: json.RawMessage(`"pending"`),
	}
}

// Looked writes that somebody looked at something of a case (viewed) or took it (downloaded); the version stays. What
// names the thing: "case" or "events" is viewed, "document 2", "parcel 1" or "download" is downloaded.
func (r *Registry) Looked(ctx context.Context, id string, actor casework.Actor, what string, at time.Time) error {
	seen := look(actor, what, at)
	return r.write(ctx, func(t tx) error {
		kept, err := t.LockCase(ctx, id)
		if err != nil {
			return orNoCase(err)
		}
		if err := passes(ctx, t.Queries, id, kept.Restricted, actor); err != nil {
			return err
		}
		end, err := t.appendEvent(ctx, chain{id, kept.CaseKey, int(kept.LastSequence), kept.PrevLeaf}, 0, nil, seen)
		if err != nil {
			return err
		}
		return t.SetLastEvent(ctx, queries.SetLastEventParams{CaseID: id, LastSequence: int64(end.sequence), PrevLeaf: end.leaf})
	})
}

// taken are the words of what is downloaded; everything else is viewed.
var taken = []string{"download", "downloaded", "document", "documents", "parcel", "disclosure", "disclosures"}

func look(actor casework.Actor, what string, at time.Time) casework.Event {
	verb := casework.Viewed
	if words := split(what); slices.ContainsFunc(words, func(w string) bool { return slices.Contains(taken, w) }) {
		verb = casework.Downloaded
	}
	now, _ := json.Marshal(map[string]string{"what": plain(what)})
	return casework.Event{At: at, Actor: casework.Actor{Kind: actor.Kind, Name: plain(actor.Name)}, Verb: verb, New: now}
}

package api

import (
	"encoding/json"
	"reflect"
	"strings"
	"time"

	"dueprocess/casework"
)

// schemas are the JSON Schemas of the types met so far, by name.
type schemas map[string]any

// vocabularies are the closed lists, by type.
var vocabularies = map[reflect.Type]any{
	reflect.TypeFor[casework.Stage](): casework.Stages, reflect.TypeFor[casework.WaitingOn](): casework.WaitingOns,
	reflect.TypeFor[casework.Resolution](): casework.Resolutions, reflect.TypeFor[casework.SLA](): casework.SLAStates,
	reflect.TypeFor[casework.Channel](): casework.Channels, reflect.TypeFor[casework.BodyKind](): casework.AuthorityKinds,
	reflect.TypeFor[casework.InstrumentType](): casework.InstrumentTypes, reflect.TypeFor[casework.IssuerRole](): casework.IssuerRoles,
	reflect.TypeFor[casework.Data](): casework.DataCategories, reflect.TypeFor[casework.DemandedAction](): casework.DemandedActions,
	reflect.TypeFor[casework.TargetType](): casework.TargetTypes, reflect.TypeFor[casework.USPerson](): casework.USPersons,
	reflect.TypeFor[casework.Concern](): casework.Concerns, reflect.TypeFor[casework.SecrecyKind](): casework.SecrecyKinds,
	reflect.TypeFor[casework.Outcome](): casework.Outcomes, reflect.TypeFor[casework.Answer](): casework.Answers,
	reflect.TypeFor[casework.DeadlineKind](): casework.DeadlineKinds, reflect.TypeFor[casework.Verb](): casework.Verbs,
	reflect.TypeFor[casework.Action](): casework.Actions, reflect.TypeFor[casework.SubscriberField](): casework.SubscriberFields,
	reflect.TypeFor[casework.VerificationMethod](): casework.VerificationMethods, reflect.TypeFor[casework.Relation](): casework.Relations,
	reflect.TypeFor[casework.ChallengeKind](): casework.ChallengeKinds, reflect.TypeFor[casework.PauseReason](): casework.PauseReasons,
}

// written are types whose JSON is not what their Go kind says.
var written = map[reflect.Type]object{
	reflect.TypeFor[time.Time]():       {"type": "string", "format": "date-time"},
	reflect.TypeFor[casework.Date]():   {"type": []string{"string", "null"}, "description": "a day: 2026-11-20"},
	reflect.TypeFor[casework.Moment](): {"type": []string{"string", "null"}, "description": "a day or an instant"},
	reflect.TypeFor[casework.Period](): {"type": "string", "description": "a length of time: 168h"},
	reflect.TypeFor[zoneName]():        {"type": "string", "description": "where days are counted, an IANA name: Europe/Berlin"},
	reflect.TypeFor[json.RawMessage](): {},
}

// of is the schema of v's type; structs are referred to.
func (s schemas) of(v any) object { return s.ofType(reflect.TypeOf(v)) }

func (s schemas) ofType(t reflect.Type) object {
	if known, ok := written[t]; ok {
		return known
	}
	if words, ok := vocabularies[t]; ok {
		return object{"type": "string", "enum": withEmpty(words)}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return object{"anyOf": []object{s.ofType(t.Elem()), {"type": "null"}}}
	case reflect.Struct:
		return s.refer(t)
	case reflect.Slice:
		return object{"type": []string{"array", "null"}, "items": s.ofType(t.Elem())}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.String:
		return object{"type": "string"}
	case reflect.Float64:
		return object{"type": "number"}
	}
	return object{"type": "integer"}
}

// withEmpty is a vocabulary and its empty value: what is left out.
func withEmpty(words any) []string {
	out := []string{}
	for i := range reflect.ValueOf(words).Len() {
		out = append(out, reflect.ValueOf(words).Index(i).String())
	}
	return append(out, "")
}

func (s schemas) refer(t reflect.Type) object {
	name := strings.ToUpper(t.Name()[:1]) + t.Name()[1:]
	if _, known := s[name]; !known {
		s[name] = object{} // a type may hold itself
		properties := object{}
		s.fields(t, properties)
		s[name] = object{"type": "object", "additionalProperties": false, "properties": properties}
	}
	return object{"$ref": "#/components/schemas/" + name}
}

func (s schemas) fields(t reflect.Type, into object) {
	for field := range fieldsOf(t) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case field.Anonymous:
			s.fields(field.Type, into)
		case name == "" || name == "-":
		case field.Type == reflect.TypeFor[*struct{}]():
			delete(into, name) // shadows what lists leave out
		default:
			into[name] = s.ofType(field.Type)
		}
	}
}

func fieldsOf(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for field := range t.Fields() {
			if !yield(field) {
				return
			}
		}
	}
}

// bodies are the schemas of every action's body, each once.
func (s schemas) bodies() []object {
	out, seen := []object{}, map[reflect.Type]bool{}
	for _, action := range casework.Actions {
		t := casework.BodyType(action)
		if !seen[t] {
			seen[t] = true
			out = append(out, s.ofType(t))
		}
	}
	return out
}

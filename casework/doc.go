// Package casework owns the nouns of the office and the life of a case: requests, determinations, decisions, notices,
// disclosures, the closed vocabularies they are written in, and the pure state machine Case.Apply that says what an act
// or a passed instant does. It knows no network, file, database or clock: time, ids and facts of the world are
// arguments. Everybody calls it; it calls nobody.
package casework

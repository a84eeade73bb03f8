package casework

import (
	"context"
	"time"
)

// Cause is why a case cannot go on, as far as people are told: whose help it needs, and nothing of what the help is about.
type Cause string

// The causes.
const (
	MailIsAway     Cause = "mail_server"    // or does not let us in
	RecordsAreAway Cause = "records_source" // or its answer cannot be used
	VaultIsAway    Cause = "vault"
	DatabaseIsAway Cause = "database"
	StepConflicts  Cause = "conflict"    // what is there is not what the step may use
	NotStarted     Cause = "not_started" // registered, and its run could not be begun
	OtherRun       Cause = "other_run"   // registered, and its number has the run of another case
	RunFails       Cause = "run_fails"   // the program cannot go on from the run's history
	OurFault       Cause = "fault"       // anything else: an error of the program
)

// Causes lists the vocabulary.
var Causes = []Cause{MailIsAway, RecordsAreAway, VaultIsAway, DatabaseIsAway, StepConflicts, NotStarted, OtherRun, RunFails, OurFault}

// Valid reports whether c is in the vocabulary.
func (c Cause) Valid() bool { return known(c, Causes) }

var causeSentences = map[Cause]string{
	MailIsAway:     "The mail server does not take our messages. The message is sent as soon as it does.",
	RecordsAreAway: "The source of records does not answer, or its answer cannot be used. It is asked again and again.",
	VaultIsAway:    "The vault, where documents and records are kept, cannot be read or written, or its disk is full. It is tried again and again.",
	DatabaseIsAway: "The database did not answer. It is tried again and again.",
	StepConflicts:  "What is kept for this step does not agree with what the step may use, such as records outside the approved scope. A person must look at the case.",
	NotStarted:     "The request is registered, but work on it could not be begun: the workflow server or the workers do not answer.",
	OtherRun:       "The request is registered, but under its number the workflow server has the run of another case, which the registry lost when it was restored. Resume ends that run and begins this case.",
	RunFails:       "The program cannot go on with this case from where it is: an error of a release. Resume begins its run anew from what is stored; nothing that is stored is done twice.",
	OurFault:       "The step fails for a reason of our own program. Those who run it find more in its logs.",
}

// Sentence says it to people.
func (c Cause) Sentence() string { return causeSentences[c] }

// Stuck is one thing that a case waits for and that does not come by itself as it should.
type Stuck struct {
	Case     string    `json:"case_id"`
	What     Waiting   `json:"what"`
	Step     int       `json:"step"` // of an effect; else 0
	Cause    Cause     `json:"cause"`
	Sentence string    `json:"sentence"`
	Since    time.Time `json:"since"`
	Tries    int       `json:"tries"` // how often it was tried in vain; 0: not counted
}

// Waiting is what cannot be done: an effect, or the run of the case itself.
type Waiting string

// What may be stuck beside the effects.
const (
	WaitingStart Waiting = "start"
	WaitingRun   Waiting = "run"
	WaitingRead  Waiting = "read" // the case cannot be read
	WaitingPurge Waiting = "purge"
)

// StuckList is what cannot go on, the longest first; Cases is how many cases that are, up to ten thousand.
type StuckList struct {
	Stuck []Stuck `json:"stuck"`
	Cases int     `json:"cases"`
}

// MostStuck is how much of what is stuck is listed at once.
const MostStuck = 200

// StuckCases keeps what cannot go on. A case behind a wall is in none of a viewer's answers who is outside; whoever sees
// no case content sees that a case is stuck, and why.
type StuckCases interface {
	// Waits notes that something of a case was tried again in vain. What the step brings in the end takes that away.
	Waits(ctx context.Context, s Stuck) error
	// RunsFail notes the cases whose runs cannot go on, all of them: of those noted before, the others can again.
	RunsFail(ctx context.Context, ids []string, at time.Time) error
	// Stuck lists what cannot go on at an instant.
	Stuck(ctx context.Context, at time.Time, viewer Actor) (StuckList, error)
	// StuckCase lists what of one case cannot go on; not_found as for any case that the viewer may not know of.
	StuckCase(ctx context.Context, id string, at time.Time, viewer Actor) ([]Stuck, error)
	// Resumed writes that somebody had a case tried again, and what had been stuck.
	Resumed(ctx context.Context, id string, actor Actor, why string, at time.Time) error
}

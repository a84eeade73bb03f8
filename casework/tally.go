package casework

// Tally is how many requests of one kind were received in a time, for the transparency report. It counts every case, also
// those behind walls: what may be published of it, and how small a number may be, the report decides.
type Tally struct {
	Instruments   []InstrumentType // of the paper, its main one first
	Country       string
	AuthorityKind BodyKind
	Class         ReportClass
	Resolution    Resolution // empty: still open
	Emergency     bool
	Preservation  PreservationStatus // empty: nothing was preserved
	Noticed       bool               // the customer was told, or is to be
	Challenged    bool               // we contested it

	Cases    int
	Domains  int // that were asked about and are ours
	Accounts int // that the targets were found to be
}

// ReferralTally is what became of the requests of one country that were sent to its treaty route in a time, for the
// transparency report. It counts every case, as Tally does; a later US process is a case of its own and counts there.
type ReferralTally struct {
	Country  string
	Route    Route
	Cases    int
	Waiting  int                 // nothing is known yet
	Outcomes map[MLATOutcome]int // of the others

	// MedianDays and NinetiethDays are the days from the referral to its outcome, of the cases that have one: half of them
	// took no longer, and nine in ten.
	MedianDays    int
	NinetiethDays int
}

// ReportClass is what a resolution counts as in the report; duplicates count nowhere, and what was only preserved counts
// among the preservations alone.
type ReportClass string

// The classes.
const (
	CountsAnswered  ReportClass = "answered"
	CountsNoData    ReportClass = "no_data"
	CountsRefused   ReportClass = "refused"
	CountsReferred  ReportClass = "referred"
	CountsWithdrawn ReportClass = "withdrawn"
	CountsInProcess ReportClass = "in_process"
	CountsPreserved ReportClass = "preserved"
	CountsNowhere   ReportClass = ""
)

// reportClasses says what each resolution counts as.
var reportClasses = map[Resolution]ReportClass{
	"": CountsInProcess, ResolvedDisclosed: CountsAnswered, ResolvedDisclosedInPart: CountsAnswered, ResolvedNoData: CountsNoData, ResolvedRefused: CountsRefused,
	ResolvedQuashed: CountsRefused, ResolvedNotAuthentic: CountsRefused, ResolvedNotClarified: CountsRefused, ResolvedReferred: CountsReferred,
	ResolvedWithdrawn: CountsWithdrawn, ResolvedExpired: CountsWithdrawn, ResolvedPreservedOnly: CountsPreserved, ResolvedDuplicate: CountsNowhere,
}

// ReportClass is what the resolution counts as.
func (r Resolution) ReportClass() ReportClass { return reportClasses[r] }

// Recount is what came of deriving the counting facts of every case again from its events.
type Recount struct {
	Cases  int      `json:"cases"`
	Differ []string `json:"differ"` // cases that were counted otherwise than their events say; now they are not
}

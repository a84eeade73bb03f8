package ui

import (
	"fmt"
	"html/template"
	"reflect"
	"strings"
	"time"

	"dueprocess/casework"
)

// words are what templates may say.
var words = template.FuncMap{
	"words": lower, "Words": Title, "instant": Instant, "instantIn": InstantIn, "day": Day, "short": Short, "lines": lines, "icon": icon, "left": Left,
	"inTable": inTable, "bytes": Bytes, "long": long, "beginning": beginning,
}

// said are the words of the vocabularies that do not read well by themselves.
var said = map[string]string{
	"legal_ops": "legal operations", "customer_notice": "notice to the customer", "mlat_referral": "MLAT referral", "nobody": "nobody",
	"referred_to_mlat": "referred to MLAT", "refer_to_mlat": "refer to MLAT", "not_clarified": "not clarified by the authority",
	"refer": "refer to MLAT", "mlat_request": "MLAT request", "fisa_order": "FISA order", "epoc": "European Production Order Certificate (EPOC)",
	"epoc_pr": "European Preservation Order Certificate (EPOC-PR)", "agreement_order": "order under a CLOUD Act agreement",
	"court_order": "court order", "nsl_review": "review of the letter's secrecy", "nsl_notice": "NSL notice", "annex_iii": "Annex III", "record_mlat_outcome": "record the MLAT outcome",
	"mlat_outcome_recorded": "MLAT outcome recorded", "link": "link a case", "hold": "hold against purge", "unhold": "end the hold against purge",
	"restrict": "restrict to named people", "unrestrict": "lift the restriction", "awaiting_clarification": "waiting for the authority",
	"awaiting_court": "waiting for the court", "agreed_with_authority": "agreed with the authority", "release_not_before": "no release before",
	"notice_until": "the customer may object until", "secrecy_until": "secrecy until", "preserve_until": "preserve until",
	"close": "close the case", "approve": "approve the decision", "send_back": "send the decision back", "renotify": "notify at a new address",
	"withdraw": "withdraw for the authority", "attach": "attach a file", "comment": "add an internal note", "assign": "assign the case",
	"review": "review and decide", "release": "release the parcel", "correct_request": "correct our transcription", "set_secrecy": "set secrecy",
	"not_started": "not begun", "other_run": "its number has another run", "run_fails": "the program cannot go on", "fault": "an error of our program", "conflict": "what is kept does not agree",
	"subscriber": "subscriber data", "identification": "identification of a user", "traffic": "traffic data", "content": "stored content",
	"live_traffic": "live traffic data", "live_content": "live content", "ip_address": "IP address", "url": "URL", "api": "API", "us_person": "US person",
}

// Words is a word of a vocabulary as people read it.
func Words[W ~string](w W) string {
	if s, ok := said[string(w)]; ok {
		return s
	}
	return strings.ReplaceAll(string(w), "_", " ")
}

// brief are the words that a column of a table has no room for.
var brief = map[string]string{
	"epoc": "EPOC", "epoc_pr": "EPOC-PR", "agreement_order": "CLOUD Act order", "customer_notice": "Customer notice", "national_security_letter": "NSL",
}

// inTable is Title, in few letters.
func inTable(w any) string {
	if s, ok := brief[fmt.Sprint(reflect.Indirect(reflect.ValueOf(w)))]; ok {
		return s
	}
	return Title(w)
}

// Title is a word of a vocabulary at the beginning of a line.
func Title(w any) string {
	s := lower(w)
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// Instant is a time with its zone's name; the zero time is nothing.
func Instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return stamp(t, time.UTC, "2 January 2006, 15:04")
}

// InstantIn is a time where it governs, with the place that its zone is named for; a zone that is not known is UTC.
func InstantIn(t time.Time, zone string) string {
	place := ZoneOf(zone)
	if place == nil || t.IsZero() {
		return Instant(t)
	}
	city := zone[strings.LastIndex(zone, "/")+1:]
	return t.In(place).Format("2 January 2006, 15:04 ") + strings.ReplaceAll(city, "_", " ")
}

// Day is a date as people read it.
func Day(d casework.Date) string {
	t, err := time.Parse(casework.DayFormat, string(d))
	if err != nil {
		return ""
	}
	return t.Format("2 January 2006")
}

// Short is the beginning of a digest.
func Short(digest string) string {
	if len(digest) > 12 {
		return digest[:12] + "…"
	}
	return digest
}

// lower is Words for whatever a template has, a pointer to a word too.
func lower(w any) string { return Words(fmt.Sprint(reflect.Indirect(reflect.ValueOf(w)))) }

func lines(s []string) string { return strings.Join(s, ", ") }

package staff

import (
	"time"

	"dueprocess/casework"
)

// releasePage shows what goes out, to whom, and on what grounds, before it goes.
type releasePage struct{ room }

// Parcel is the one that is ready; none where N is 0.
func (p releasePage) Parcel() casework.Disclosure { return readyParcel(p.Case) }

// Grants are what the parcel may hold: each account with its category, fields and time.
func (p releasePage) Grants() []casework.Grant { return p.Case.Grants(p.Parcel().N) }

// To is where the link to the parcel goes.
func (p releasePage) To() string { return p.Case.DeliveryAddress(p.Parcel().N) }

// Added are the files that people added to the records.
func (p releasePage) Added() []casework.AddedRecords { return p.Case.Work.Added }

// Barriers are the instants before which nothing of it may go out, and whether they still stand.
func (p releasePage) Barriers() []deadlineRow {
	out := []deadlineRow{}
	for _, row := range deadlineRows(p.Case, p.now) {
		if row.Kind == casework.ReleaseNotBefore || row.Kind == casework.NoticeUntil {
			out = append(out, row)
		}
	}
	return out
}

// LinkEnds is when the link would end, were the parcel released now.
func (p releasePage) LinkEnds() time.Time {
	return p.now.AddDate(0, 0, p.Case.Work.Terms.DeliveryDays)
}

// NoticeEnds is when the customer's time to object ends or ended; zero: no such time runs.
func (p releasePage) NoticeEnds() time.Time {
	if p.Case.Work.NoticeEnds == nil {
		return time.Time{}
	}
	return *p.Case.Work.NoticeEnds
}

// NoticeOver reports whether that time is over.
func (p releasePage) NoticeOver() bool { return !p.NoticeEnds().After(p.now) }

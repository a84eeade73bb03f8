package letters

import (
	"time"

	"dueprocess/casework"
)

func sampleNSL() NSLFacts {
	h := sampleHead()
	h.Instrument, h.Number = casework.NationalSecurityLetter, "NSL-26-000001"
	return NSLFacts{Head: h, ApplyBy: "2026-12-23"}
}

func sampleAnnex() AnnexFacts {
	h := sampleHead()
	h.To = []string{"Mme Claire Exemple, juge d'instruction", "Tribunal judiciaire de Paris", "And, as notified enforcing authority: Central Authority for E-Evidence, Dublin"}
	h.Yours, h.Instrument, h.Number = "JI 26/0417", casework.EPOC, "FR-2026-000417"
	return AnnexFacts{
		Head: h, IssuingState: "France", IssuingAuthority: "Tribunal judiciaire de Paris, juge d'instruction", IssuedOn: "2026-11-19", EnforcingNotified: true,
		Reasons: []AnnexReason{ConflictingDuty}, Explanation: "The certificate asks for stored content. The law of the United States forbids its disclosure to a foreign authority.",
		Conflict: ContentConflict(sampleProvider, "France"), Preserved: true,
	}
}

func sampleNotice() NoticeFacts {
	return NoticeFacts{
		Head:      Head{Provider: sampleProvider, Case: "LR-2026-000123", At: sampleDay, Instrument: casework.SearchWarrant, Number: "1:26-mj-04417", Received: "2026-11-20"},
		Authority: "Federal Bureau of Investigation", Country: "US", Data: []casework.Data{casework.Subscriber, casework.Traffic},
		Until: time.Date(2026, 11, 30, 9, 30, 0, 0, time.UTC), Copies: []string{"warrant-redacted.pdf"},
	}
}

func sampleDelayed() DelayedNoticeFacts {
	f := sampleNotice()
	f.Until, f.At = time.Time{}, time.Date(2027, 11, 17, 9, 0, 0, 0, time.UTC)
	return DelayedNoticeFacts{NoticeFacts: f, Why: SecrecyRanOut, Day: "2027-11-16", Disclosed: []casework.Data{casework.Subscriber}, DisclosedOn: "2026-12-03"}
}

func samplePreservation() PreservationFacts {
	h := sampleHead()
	h.Instrument, h.Number = casework.PreservationRequest, "PR-26-118"
	return PreservationFacts{Head: h, Kept: []casework.Data{casework.Subscriber, casework.Traffic, casework.Content}, From: "2026-11-20", Until: "2027-02-18"}
}

func samplePreservationEnd() PreservationEndFacts {
	f := samplePreservation()
	f.At = time.Date(2027, 2, 19, 12, 0, 0, 0, time.UTC)
	return PreservationEndFacts{Head: f.Head, Kept: f.Kept, EndedOn: "2027-02-19", Ran: true}
}

func sampleDelivery() DeliveryFacts {
	return DeliveryFacts{
		Head: sampleHead(), Parcel: 1, Data: []casework.Data{casework.Subscriber, casework.Traffic}, Files: 2, Rows: 553, ManifestSHA256: sampleDigest,
		ToOfficer: true, Until: "2026-12-23", KeysURL: "https://requests.provider.example/api/v1/keys",
	}
}

func sampleCertificate() CertificateFacts {
	return CertificateFacts{
		Provider: sampleProvider, CaseID: "LR-2026-000123", Instrument: casework.SearchWarrant, Number: "1:26-mj-04417",
		Authority: "Federal Bureau of Investigation, Boston Field Office", Data: []casework.Data{casework.Subscriber, casework.Traffic}, At: sampleDay,
		Files: []CertifiedFile{
			{"records/subscriber.csv", sampleDigest, 1, "accounts", "olivia", sampleDay.Add(-time.Hour)},
			{"records/traffic.csv", sampleDigest, 552, "accounts", "olivia", sampleDay.Add(-time.Hour)},
		},
	}
}

func sampleCosts() CostFacts {
	return CostFacts{Head: sampleHead(), Currency: "USD", Items: []CostItem{
		{"Search of an archive that must be restored by hand, by the hour", 6, 12500}, {"Further accounts beyond five", 12, 2000}, {"Reproduction on an encrypted disk", 1, 8950},
	}}
}

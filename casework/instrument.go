package casework

import "slices"

// Instrument is the legal process itself.
type Instrument struct {
	Type                InstrumentType   `json:"type"`
	Also                []InstrumentType `json:"also,omitempty"`
	Number              string           `json:"number"`
	LegalBasis          []string         `json:"legal_basis"`
	Issuer              Issuer           `json:"issuer"`
	ValidatedBy         *Issuer          `json:"validated_by"`
	Signed              bool             `json:"signed"`
	IssuedOn            Date             `json:"issued_on"`
	ServedOn            Date             `json:"served_on"`
	RespondBy           Date             `json:"respond_by"`
	UnderAgreement      bool             `json:"under_agreement"`
	DesignatedAuthority string           `json:"designated_authority"`
	ViaEstablishment    string           `json:"via_establishment"`
	EANotified          *bool            `json:"ea_notified"`
}

// Issuer is who issued or validated an instrument.
type Issuer struct {
	Name string     `json:"name"`
	Role IssuerRole `json:"role"`
}

// InstrumentType is which legal process it is.
type InstrumentType string

// The instruments.
const (
	GrandJurySubpoena      InstrumentType = "grand_jury_subpoena"
	TrialSubpoena          InstrumentType = "trial_subpoena"
	AdministrativeSubpoena InstrumentType = "administrative_subpoena"
	CourtOrder             InstrumentType = "court_order" // 18 USC 2703(d)
	SearchWarrant          InstrumentType = "search_warrant"
	PenRegisterOrder       InstrumentType = "pen_register_order"
	WiretapOrder           InstrumentType = "wiretap_order"
	NationalSecurityLetter InstrumentType = "national_security_letter"
	FISAOrder              InstrumentType = "fisa_order"
	CivilSubpoena          InstrumentType = "civil_subpoena"
	ForeignOrder           InstrumentType = "foreign_order"
	AgreementOrder         InstrumentType = "agreement_order" // 18 USC 2523
	MLATRequest            InstrumentType = "mlat_request"
	LetterRogatory         InstrumentType = "letter_rogatory"
	EPOC                   InstrumentType = "epoc"    // Regulation (EU) 2023/1543 Annex I
	EPOCPR                 InstrumentType = "epoc_pr" // Regulation (EU) 2023/1543 Annex II
	PreservationRequest    InstrumentType = "preservation_request"
	EmergencyRequest       InstrumentType = "emergency_request"
	InformalRequest        InstrumentType = "informal_request"
)

// InstrumentTypes lists the vocabulary.
var InstrumentTypes = []InstrumentType{
	GrandJurySubpoena, TrialSubpoena, AdministrativeSubpoena, CourtOrder, SearchWarrant, PenRegisterOrder, WiretapOrder,
	NationalSecurityLetter, FISAOrder, CivilSubpoena, ForeignOrder, AgreementOrder, MLATRequest, LetterRogatory, EPOC, EPOCPR,
	PreservationRequest, EmergencyRequest, InformalRequest,
}

// IsNationalSecurity reports whether the instrument is walled off on receipt.
func (t InstrumentType) IsNationalSecurity() bool {
	return t == NationalSecurityLetter || t == FISAOrder
}

// AsksOnlyToPreserve reports whether the instrument preserves and discloses nothing.
func (t InstrumentType) AsksOnlyToPreserve() bool { return t == PreservationRequest || t == EPOCPR }

// AsksOnlyToPreserve reports whether every instrument of the paper preserves and discloses nothing.
func (i Instrument) AsksOnlyToPreserve() bool {
	return !slices.ContainsFunc(i.Types(), func(t InstrumentType) bool { return !t.AsksOnlyToPreserve() })
}

// IsEU reports whether the instrument is a certificate of Regulation (EU) 2023/1543.
func (t InstrumentType) IsEU() bool { return t == EPOC || t == EPOCPR }

// Types are the instrument's own type and every other that the same paper carries.
func (i Instrument) Types() []InstrumentType { return append([]InstrumentType{i.Type}, i.Also...) }

// Is reports whether the paper carries one of the types.
func (i Instrument) Is(types ...InstrumentType) bool {
	return slices.ContainsFunc(i.Types(), func(t InstrumentType) bool { return slices.Contains(types, t) })
}

// IsNationalSecurity reports whether the paper carries process that is walled off on receipt.
func (i Instrument) IsNationalSecurity() bool {
	return slices.ContainsFunc(i.Types(), InstrumentType.IsNationalSecurity)
}

// IssuerRole is the office of whoever issued the instrument.
type IssuerRole string

// The issuer roles.
const (
	Judge                IssuerRole = "judge"
	IssuingCourt         IssuerRole = "court"
	InvestigatingJudge   IssuerRole = "investigating_judge"
	IssuingProsecutor    IssuerRole = "prosecutor"
	Clerk                IssuerRole = "clerk"
	Attorney             IssuerRole = "attorney"
	Agency               IssuerRole = "agency"
	IndependentAuthority IssuerRole = "independent_authority"
	IssuingCentral       IssuerRole = "central_authority"
	UnknownIssuer        IssuerRole = "unknown"
)

// IssuerRoles lists the vocabulary.
var IssuerRoles = []IssuerRole{
	Judge, IssuingCourt, InvestigatingJudge, IssuingProsecutor, Clerk, Attorney, Agency, IndependentAuthority, IssuingCentral, UnknownIssuer,
}

func (i Instrument) faults(f *faults) {
	oneOf(f, "instrument.type", i.Type, InstrumentTypes)
	eachOf(f, "instrument.also", i.Also, InstrumentTypes)
	oneOf(f, "instrument.issuer.role", i.Issuer.Role, IssuerRoles)
	if i.ValidatedBy != nil {
		oneOf(f, "instrument.validated_by.role", i.ValidatedBy.Role, IssuerRoles)
	}
	f.date("instrument.issued_on", i.IssuedOn)
	f.date("instrument.served_on", i.ServedOn)
	f.date("instrument.respond_by", i.RespondBy)
}

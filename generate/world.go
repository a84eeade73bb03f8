package generate

import "dueprocess/casework"

// land is a country as the generator needs it: its weight among the requests, cities where its bodies sit, the name of
// its police, and the prefix of its telephone numbers.
type land struct {
	code   string
	weight float64
	cities []string
	police string
	phone  string
}

// lands are all that ask; the United States make the larger half.
var lands = []weighted[land]{
	where("US", 56, "Federal Bureau of Inquiry", "+1", "Boston", "Chicago", "Denver", "Miami", "Oakland", "Phoenix", "Seattle", "Sacramento"),
	where("PR", 0.4, "Policía Estatal", "+1", "San Juan", "Ponce"),
	where("DE", 6, "Kriminalpolizei", "+49", "Köln", "Leipzig", "München", "Hamburg"), where("FR", 5, "Police judiciaire", "+33", "Paris", "Lyon", "Lille"),
	where("GB", 6, "Serious Crime Unit", "+44", "London", "Leeds", "Cardiff", "Bristol"), where("AU", 2.6, "Cybercrime Squad", "+61", "Sydney", "Perth"),
	where("ES", 2.2, "Policía Judicial", "+34", "Madrid", "Sevilla"), where("IT", 2, "Polizia postale", "+39", "Roma", "Milano"),
	where("NL", 1.8, "Politie", "+31", "Utrecht", "Rotterdam"), where("PL", 1.2, "Komenda Policji", "+48", "Warszawa", "Gdańsk"),
	where("IE", 0.8, "Garda Bureau", "+353", "Cork", "Dublin"), where("BE", 0.9, "Police fédérale", "+32", "Gent", "Liège"),
	where("AT", 0.8, "Landeskriminalamt", "+43", "Wien", "Graz"), where("PT", 0.7, "Polícia Judiciária", "+351", "Porto", "Lisboa"),
	where("SE", 0.8, "Polisen", "+46", "Malmö", "Uppsala"), where("FI", 0.5, "Poliisi", "+358", "Turku"), where("CZ", 0.5, "Policie", "+420", "Brno"),
	where("HU", 0.4, "Rendőrség", "+36", "Szeged"), where("RO", 0.5, "Poliția", "+40", "Cluj"), where("BG", 0.3, "Police Directorate", "+359", "Plovdiv"),
	where("GR", 0.4, "Cyber Crime Division", "+30", "Patras"), where("HR", 0.2, "Policijska uprava", "+385", "Split"), where("DK", 0.5, "Politi", "+45", "Aarhus"),
	where("NO", 0.5, "Politiet", "+47", "Bergen"), where("CH", 1, "Kantonspolizei", "+41", "Bern", "Basel"), where("CA", 1.6, "Provincial Police", "+1", "Ottawa", "Calgary"),
	where("BR", 2, "Polícia Civil", "+55", "Curitiba", "Recife"), where("MX", 0.8, "Policía Cibernética", "+52", "Puebla"), where("AR", 0.6, "Policía Federal", "+54", "Rosario"),
	where("CL", 0.4, "Policía de Investigaciones", "+56", "Valparaíso"), where("CO", 0.4, "Policía Nacional", "+57", "Medellín"), where("JP", 1.1, "Prefectural Police", "+81", "Osaka", "Nagoya"),
	where("KR", 0.7, "Cyber Bureau", "+82", "Busan"), where("IN", 1.8, "Cyber Cell", "+91", "Pune", "Kochi"), where("IL", 0.5, "Cyber Unit", "+972", "Haifa"),
	where("TR", 0.8, "Emniyet", "+90", "İzmir"), where("ZA", 0.3, "Commercial Crime Unit", "+27", "Durban"), where("SG", 0.4, "Police Force", "+65", "Singapore"),
	where("NZ", 0.4, "Police", "+64", "Wellington"), where("UA", 0.4, "Cyber Police", "+380", "Lviv"), where("PH", 0.3, "Anti-Cybercrime Group", "+63", "Cebu"),
	where("AE", 0.3, "General Directorate", "+971", "Sharjah"), where("RU", 0.3, "Investigative Department", "+7", "Kazan"), where("ID", 0.3, "Polda", "+62", "Surabaya"),
}

func where(code string, weight float64, police, phone string, cities ...string) weighted[land] {
	return weighted[land]{weight, land{code, weight, cities, police, phone}}
}

func (l land) isUS() bool { return l.code == "US" || l.code == "PR" }

// asks are what is asked under an instrument, with how often.
type asks = weighted[[]casework.Data]

var (
	who         = []casework.Data{casework.Subscriber}
	whoAndWhere = []casework.Data{casework.Subscriber, casework.Traffic}
	everything  = []casework.Data{casework.Subscriber, casework.Traffic, casework.Content}
	words       = []casework.Data{casework.Content}
	lines       = []casework.Data{casework.Traffic}
	behind      = []casework.Data{casework.Subscriber, casework.Identification}
	liveLines   = []casework.Data{casework.LiveTraffic}
	liveWords   = []casework.Data{casework.LiveTraffic, casework.LiveContent}
)

// form is an instrument as one kind of body issues it.
type form struct {
	instrument casework.InstrumentType
	body       casework.BodyKind
	issuer     casework.IssuerRole
	basis      string
	prefix     string // of its number
	asks       []asks
}

// often gives the forms of a class of country.
type often = weighted[form]

var fromUS = []often{
	{22, form{casework.SearchWarrant, casework.LawEnforcement, casework.Judge, "18 USC 2703(a)", "mj", []asks{{7, everything}, {2, words}, {1, whoAndWhere}}}},
	{19, form{casework.GrandJurySubpoena, casework.Prosecutor, casework.IssuingProsecutor, "FRCrP 17", "gj", []asks{{8, who}, {2, whoAndWhere}, {1, everything}}}},
	{3, form{casework.TrialSubpoena, casework.Prosecutor, casework.Clerk, "FRCrP 17", "cr", []asks{{8, who}, {2, whoAndWhere}}}},
	{13, form{casework.AdministrativeSubpoena, casework.Regulator, casework.Agency, "21 USC 876", "as", []asks{{9, who}, {1, whoAndWhere}}}},
	{10, form{casework.CourtOrder, casework.LawEnforcement, casework.IssuingCourt, "18 USC 2703(d)", "mc", []asks{{8, whoAndWhere}, {2, lines}, {1, everything}}}},
	{3, form{casework.PenRegisterOrder, casework.LawEnforcement, casework.IssuingCourt, "18 USC 3123", "pr", []asks{{1, liveLines}}}},
	{1, form{casework.WiretapOrder, casework.LawEnforcement, casework.Judge, "18 USC 2518", "wt", []asks{{1, liveWords}}}},
	{2.6, form{casework.NationalSecurityLetter, casework.Intelligence, casework.Agency, "18 USC 2709(b)", "ns", []asks{{1, who}}}},
	{1.2, form{casework.FISAOrder, casework.Intelligence, casework.IssuingCourt, "50 USC 1861", "br", []asks{{2, everything}, {1, whoAndWhere}}}},
	{5, form{casework.CivilSubpoena, casework.CivilParty, casework.Clerk, "FRCP 45", "cv", []asks{{6, who}, {1, words}}}},
	{12, form{casework.PreservationRequest, casework.LawEnforcement, casework.Agency, "18 USC 2703(f)", "pv", []asks{{1, everything}, {1, whoAndWhere}}}},
	{5, form{casework.EmergencyRequest, casework.LawEnforcement, casework.Agency, "18 USC 2702(b)(8)", "em", []asks{{2, whoAndWhere}, {1, everything}}}},
	{2, form{casework.InformalRequest, casework.LawEnforcement, casework.Agency, "", "", []asks{{3, who}, {1, words}}}},
}

var fromAbroad = []often{
	{26, form{casework.ForeignOrder, casework.LawEnforcement, casework.Judge, "domestic criminal procedure", "", []asks{{6, who}, {3, whoAndWhere}, {2, words}}}},
	{11, form{casework.ForeignOrder, casework.Prosecutor, casework.IssuingProsecutor, "domestic criminal procedure", "", []asks{{7, who}, {2, everything}}}},
	{4, form{casework.MLATRequest, casework.CentralAuthority, casework.IssuingCentral, "treaty of mutual legal assistance", "JR", []asks{{1, everything}, {1, words}}}},
	{2, form{casework.LetterRogatory, casework.Court, casework.IssuingCourt, "28 USC 1782", "LR", []asks{{1, everything}, {1, who}}}},
	{4, form{casework.PreservationRequest, casework.LawEnforcement, casework.Agency, "Convention on Cybercrime Art. 29", "PV", []asks{{1, everything}}}},
	{4, form{casework.EmergencyRequest, casework.LawEnforcement, casework.Agency, "Convention on Cybercrime", "EM", []asks{{3, whoAndWhere}, {1, everything}}}},
	{5, form{casework.InformalRequest, casework.LawEnforcement, casework.Agency, "", "", []asks{{3, who}, {1, words}}}},
}

var fromUnion = []often{
	{20, form{casework.EPOC, casework.Prosecutor, casework.IssuingProsecutor, "Regulation (EU) 2023/1543", "UJs", []asks{{6, who}, {3, behind}, {1, lines}}}},
	{14, form{casework.EPOC, casework.Court, casework.Judge, "Regulation (EU) 2023/1543", "Gs", []asks{{4, whoAndWhere}, {2, lines}, {2, words}}}},
	{10, form{casework.EPOCPR, casework.Prosecutor, casework.IssuingProsecutor, "Regulation (EU) 2023/1543", "PR", []asks{{1, everything}, {1, whoAndWhere}}}},
}

var underAgreement = []often{
	{30, form{casework.AgreementOrder, casework.LawEnforcement, casework.Judge, "18 USC 2523", "AO", []asks{{5, everything}, {3, words}, {2, whoAndWhere}}}},
}

// offences are with the most years that they can bring, and how a matter of theirs may touch on more.
var offences = []struct {
	name, code string
	years      int
}{
	{"wire fraud", "18 USC 1343", 20}, {"identity theft", "18 USC 1028A", 5}, {"computer fraud", "18 USC 1030", 10}, {"extortion", "18 USC 875", 20},
	{"money laundering", "18 USC 1956", 20}, {"drug trafficking", "21 USC 841", 20}, {"stalking", "18 USC 2261A", 5}, {"copyright infringement", "18 USC 2319", 5},
	{"kidnapping", "18 USC 1201", 20}, {"defamation", "", 2}, {"tax evasion", "26 USC 7201", 5}, {"threats", "18 USC 875(c)", 5},
}

var (
	givenNames  = []string{"Ada", "Amir", "Bianca", "Carl", "Dana", "Elif", "Emil", "Farid", "Greta", "Hana", "Ivo", "Jonas", "Kira", "Lena", "Luca", "Maya", "Milan", "Nadia", "Noah", "Olga", "Pavel", "Quinn", "Rita", "Sara", "Tariq", "Uma", "Viktor", "Wanda", "Yusuf", "Zoe"}
	familyNames = []string{"Abbott", "Bauer", "Castro", "Duarte", "Eriksen", "Fischer", "Garnier", "Haddad", "Ibsen", "Jansen", "Kovacs", "Lindqvist", "Moreau", "Novak", "Okafor", "Petrov", "Quist", "Rossi", "Sato", "Tanaka", "Ueda", "Varga", "Whitfield", "Xu", "Yilmaz", "Zeman", "Ortega", "Keller", "Brandt", "Silva"}
	handles     = []string{"harbor.lights", "north.window", "paper.kite", "quiet.river", "blue.anchor", "seven.oaks", "late.train", "open.meadow", "tin.roof", "salt.lake", "green.door", "red.kettle"}
	hosts       = []string{"example.com", "example.net", "example.org"}
)

var titles = map[casework.BodyKind][]string{
	casework.LawEnforcement: {"Special Agent", "Detective", "Inspector"}, casework.Prosecutor: {"Prosecutor", "Assistant Attorney"}, casework.Court: {"Registrar"},
	casework.Intelligence: {"Supervisory Agent"}, casework.Regulator: {"Investigator"}, casework.CentralAuthority: {"Liaison Officer"}, casework.CivilParty: {"Attorney"},
}

package clocks

import (
	"time"
	_ "time/tzdata" // the zones are in the program: no machine's own table decides a deadline
)

// Zone is the zone that governs an authority's deadlines: that of its subdivision (ISO 3166-2), else of its country's
// capital (ISO 3166-1 alpha-2), else UTC. A State that lies in several zones has that of its capital.
func Zone(country, subdivision string) *time.Location {
	if zone, ok := zones[subdivision]; ok {
		return zone
	}
	if zone, ok := zones[country]; ok {
		return zone
	}
	return time.UTC
}

// zones holds both tables, loaded once.
var zones = load(capitals, subdivisions)

func load(tables ...map[string]string) map[string]*time.Location {
	loaded := map[string]*time.Location{}
	for _, table := range tables {
		for place, name := range table {
			loaded[place] = mustLoad(name)
		}
	}
	return loaded
}

// mustLoad: the tables are constants and a test loads every name; a name that is not in them is a fault of this file.
func mustLoad(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic("clocks: unknown zone " + name)
	}
	return zone
}

// capitals is the zone of each country's capital.
var capitals = map[string]string{
	"AD": "Europe/Andorra", "AE": "Asia/Dubai", "AF": "Asia/Kabul", "AG": "America/Antigua", "AI": "America/Anguilla",
	"AL": "Europe/Tirane", "AM": "Asia/Yerevan", "AO": "Africa/Luanda", "AR": "America/Argentina/Buenos_Aires",
	"AS": "Pacific/Pago_Pago", "AT": "Europe/Vienna", "AU": "Australia/Sydney", "AW": "America/Aruba", "AX": "Europe/Mariehamn",
	"AZ": "Asia/Baku",
	"BA": "Europe/Sarajevo", "BB": "America/Barbados", "BD": "Asia/Dhaka", "BE": "Europe/Brussels", "BF": "Africa/Ouagadougou",
	"BG": "Europe/Sofia", "BH": "Asia/Bahrain", "BI": "Africa/Bujumbura", "BJ": "Africa/Porto-Novo", "BM": "Atlantic/Bermuda",
	"BN": "Asia/Brunei", "BO": "America/La_Paz", "BQ": "America/Kralendijk", "BR": "America/Sao_Paulo", "BS": "America/Nassau",
	"BT": "Asia/Thimphu", "BW": "Africa/Gaborone", "BY": "Europe/Minsk", "BZ": "America/Belize",
	"CA": "America/Toronto", "CD": "Africa/Kinshasa", "CF": "Africa/Bangui", "CG": "Africa/Brazzaville", "CH": "Europe/Zurich",
	"CI": "Africa/Abidjan", "CK": "Pacific/Rarotonga", "CL": "America/Santiago", "CM": "Africa/Douala", "CN": "Asia/Shanghai",
	"CO": "America/Bogota", "CR": "America/Costa_Rica", "CU": "America/Havana", "CV": "Atlantic/Cape_Verde",
	"CW": "America/Curacao", "CY": "Asia/Nicosia", "CZ": "Europe/Prague",
	"DE": "Europe/Berlin", "DJ": "Africa/Djibouti", "DK": "Europe/Copenhagen", "DM": "America/Dominica",
	"DO": "America/Santo_Domingo", "DZ": "Africa/Algiers",
	"EC": "America/Guayaquil", "EE": "Europe/Tallinn", "EG": "Africa/Cairo", "ER": "Africa/Asmara", "ES": "Europe/Madrid",
	"ET": "Africa/Addis_Ababa",
	"FI": "Europe/Helsinki", "FJ": "Pacific/Fiji", "FK": "Atlantic/Stanley", "FM": "Pacific/Pohnpei", "FO": "Atlantic/Faroe",
	"FR": "Europe/Paris",
	"GA": "Africa/Libreville", "GB": "Europe/London", "GD": "America/Grenada", "GE": "Asia/Tbilisi", "GF": "America/Cayenne",
	"GG": "Europe/Guernsey", "GH": "Africa/Accra", "GI": "Europe/Gibraltar", "GL": "America/Nuuk", "GM": "Africa/Banjul",
	"GN": "Africa/Conakry", "GP": "America/Guadeloupe", "GQ": "Africa/Malabo", "GR": "Europe/Athens", "GT": "America/Guatemala",
	"GU": "Pacific/Guam", "GW": "Africa/Bissau", "GY": "America/Guyana",
	"HK": "Asia/Hong_Kong", "HN": "America/Tegucigalpa", "HR": "Europe/Zagreb", "HT": "America/Port-au-Prince",
	"HU": "Europe/Budapest",
	"ID": "Asia/Jakarta", "IE": "Europe/Dublin", "IL": "Asia/Jerusalem", "IM": "Europe/Isle_of_Man", "IN": "Asia/Kolkata",
	"IQ": "Asia/Baghdad", "IR": "Asia/Tehran", "IS": "Atlantic/Reykjavik", "IT": "Europe/Rome",
	"JE": "Europe/Jersey", "JM": "America/Jamaica", "JO": "Asia/Amman", "JP": "Asia/Tokyo",
	"KE": "Africa/Nairobi", "KG": "Asia/Bishkek", "KH": "Asia/Phnom_Penh", "KI": "Pacific/Tarawa", "KM": "Indian/Comoro",
	"KN": "America/St_Kitts", "KP": "Asia/Pyongyang", "KR": "Asia/Seoul", "KW": "Asia/Kuwait", "KY": "America/Cayman",
	"KZ": "Asia/Almaty",
	"LA": "Asia/Vientiane", "LB": "Asia/Beirut", "LC": "America/St_Lucia", "LI": "Europe/Vaduz", "LK": "Asia/Colombo",
	"LR": "Africa/Monrovia", "LS": "Africa/Maseru", "LT": "Europe/Vilnius", "LU": "Europe/Luxembourg", "LV": "Europe/Riga",
	"LY": "Africa/Tripoli",
	"MA": "Africa/Casablanca", "MC": "Europe/Monaco", "MD": "Europe/Chisinau", "ME": "Europe/Podgorica",
	"MG": "Indian/Antananarivo", "MH": "Pacific/Majuro", "MK": "Europe/Skopje", "ML": "Africa/Bamako", "MM": "Asia/Yangon",
	"MN": "Asia/Ulaanbaatar", "MO": "Asia/Macau", "MP": "Pacific/Saipan", "MQ": "America/Martinique", "MR": "Africa/Nouakchott",
	"MT": "Europe/Malta", "MU": "Indian/Mauritius", "MV": "Indian/Maldives", "MW": "Africa/Blantyre", "MX": "America/Mexico_City",
	"MY": "Asia/Kuala_Lumpur", "MZ": "Africa/Maputo",
	"NA": "Africa/Windhoek", "NC": "Pacific/Noumea", "NE": "Africa/Niamey", "NG": "Africa/Lagos", "NI": "America/Managua",
	"NL": "Europe/Amsterdam", "NO": "Europe/Oslo", "NP": "Asia/Kathmandu", "NR": "Pacific/Nauru", "NZ": "Pacific/Auckland",
	"OM": "Asia/Muscat",
	"PA": "America/Panama", "PE": "America/Lima", "PF": "Pacific/Tahiti", "PG": "Pacific/Port_Moresby", "PH": "Asia/Manila",
	"PK": "Asia/Karachi", "PL": "Europe/Warsaw", "PR": "America/Puerto_Rico", "PS": "Asia/Hebron", "PT": "Europe/Lisbon",
	"PW": "Pacific/Palau", "PY": "America/Asuncion",
	"QA": "Asia/Qatar",
	"RE": "Indian/Reunion", "RO": "Europe/Bucharest", "RS": "Europe/Belgrade", "RU": "Europe/Moscow", "RW": "Africa/Kigali",
	"SA": "Asia/Riyadh", "SB": "Pacific/Guadalcanal", "SC": "Indian/Mahe", "SD": "Africa/Khartoum", "SE": "Europe/Stockholm",
	"SG": "Asia/Singapore", "SI": "Europe/Ljubljana", "SK": "Europe/Bratislava", "SL": "Africa/Freetown", "SM": "Europe/San_Marino",
	"SN": "Africa/Dakar", "SO": "Africa/Mogadishu", "SR": "America/Paramaribo", "SS": "Africa/Juba", "ST": "Africa/Sao_Tome",
	"SV": "America/El_Salvador", "SX": "America/Lower_Princes", "SY": "Asia/Damascus", "SZ": "Africa/Mbabane",
	"TC": "America/Grand_Turk", "TD": "Africa/Ndjamena", "TG": "Africa/Lome", "TH": "Asia/Bangkok", "TJ": "Asia/Dushanbe",
	"TL": "Asia/Dili", "TM": "Asia/Ashgabat", "TN": "Africa/Tunis", "TO": "Pacific/Tongatapu", "TR": "Europe/Istanbul",
	"TT": "America/Port_of_Spain", "TV": "Pacific/Funafuti", "TW": "Asia/Taipei", "TZ": "Africa/Dar_es_Salaam",
	"UA": "Europe/Kyiv", "UG": "Africa/Kampala", "US": "America/New_York", "UY": "America/Montevideo", "UZ": "Asia/Tashkent",
	"VA": "Europe/Vatican", "VC": "America/St_Vincent", "VE": "America/Caracas", "VG": "America/Tortola", "VI": "America/St_Thomas",
	"VN": "Asia/Ho_Chi_Minh", "VU": "Pacific/Efate",
	"WS": "Pacific/Apia",
	"XK": "Europe/Belgrade",
	"YE": "Asia/Aden", "YT": "Indian/Mayotte",
	"ZA": "Africa/Johannesburg", "ZM": "Africa/Lusaka", "ZW": "Africa/Harare",
}

// subdivisions is the zone of the subdivisions of countries that have several.
var subdivisions = map[string]string{
	"AU-ACT": "Australia/Sydney", "AU-NSW": "Australia/Sydney", "AU-NT": "Australia/Darwin", "AU-QLD": "Australia/Brisbane",
	"AU-SA": "Australia/Adelaide", "AU-TAS": "Australia/Hobart", "AU-VIC": "Australia/Melbourne", "AU-WA": "Australia/Perth",
	"BR-AC": "America/Rio_Branco", "BR-AM": "America/Manaus", "BR-MS": "America/Campo_Grande", "BR-MT": "America/Cuiaba",
	"BR-RO": "America/Porto_Velho", "BR-RR": "America/Boa_Vista",
	"CA-AB": "America/Edmonton", "CA-BC": "America/Vancouver", "CA-MB": "America/Winnipeg", "CA-NB": "America/Moncton",
	"CA-NL": "America/St_Johns", "CA-NS": "America/Halifax", "CA-NT": "America/Yellowknife", "CA-NU": "America/Iqaluit",
	"CA-ON": "America/Toronto", "CA-PE": "America/Halifax", "CA-QC": "America/Toronto", "CA-SK": "America/Regina",
	"CA-YT":  "America/Whitehorse",
	"ES-CN":  "Atlantic/Canary",
	"FR-971": "America/Guadeloupe", "FR-972": "America/Martinique", "FR-973": "America/Cayenne", "FR-974": "Indian/Reunion",
	"FR-976": "Indian/Mayotte", "FR-GF": "America/Cayenne", "FR-GP": "America/Guadeloupe", "FR-MQ": "America/Martinique",
	"FR-RE": "Indian/Reunion", "FR-YT": "Indian/Mayotte",
	"ID-BA": "Asia/Makassar", "ID-PA": "Asia/Jayapura", "ID-PB": "Asia/Jayapura", "ID-SN": "Asia/Makassar",
	"MX-BCN": "America/Tijuana", "MX-BCS": "America/Mazatlan", "MX-CHH": "America/Chihuahua", "MX-NAY": "America/Mazatlan",
	"MX-ROO": "America/Cancun", "MX-SIN": "America/Mazatlan", "MX-SON": "America/Hermosillo",
	"PT-20": "Atlantic/Azores", "PT-30": "Atlantic/Madeira",
	"RU-CHE": "Asia/Yekaterinburg", "RU-IRK": "Asia/Irkutsk", "RU-KGD": "Europe/Kaliningrad", "RU-KYA": "Asia/Krasnoyarsk",
	"RU-NVS": "Asia/Novosibirsk", "RU-PRI": "Asia/Vladivostok", "RU-SVE": "Asia/Yekaterinburg",
	"US-AK": "America/Anchorage", "US-AL": "America/Chicago", "US-AR": "America/Chicago", "US-AS": "Pacific/Pago_Pago",
	"US-AZ": "America/Phoenix", "US-CA": "America/Los_Angeles", "US-CO": "America/Denver", "US-CT": "America/New_York",
	"US-DC": "America/New_York", "US-DE": "America/New_York", "US-FL": "America/New_York", "US-GA": "America/New_York",
	"US-GU": "Pacific/Guam", "US-HI": "Pacific/Honolulu", "US-IA": "America/Chicago", "US-ID": "America/Boise",
	"US-IL": "America/Chicago", "US-IN": "America/Indiana/Indianapolis", "US-KS": "America/Chicago", "US-KY": "America/New_York",
	"US-LA": "America/Chicago", "US-MA": "America/New_York", "US-MD": "America/New_York", "US-ME": "America/New_York",
	"US-MI": "America/Detroit", "US-MN": "America/Chicago", "US-MO": "America/Chicago", "US-MP": "Pacific/Saipan",
	"US-MS": "America/Chicago", "US-MT": "America/Denver", "US-NC": "America/New_York", "US-ND": "America/Chicago",
	"US-NE": "America/Chicago", "US-NH": "America/New_York", "US-NJ": "America/New_York", "US-NM": "America/Denver",
	"US-NV": "America/Los_Angeles", "US-NY": "America/New_York", "US-OH": "America/New_York", "US-OK": "America/Chicago",
	"US-OR": "America/Los_Angeles", "US-PA": "America/New_York", "US-PR": "America/Puerto_Rico", "US-RI": "America/New_York",
	"US-SC": "America/New_York", "US-SD": "America/Chicago", "US-TN": "America/Chicago", "US-TX": "America/Chicago",
	"US-UT": "America/Denver", "US-VA": "America/New_York", "US-VI": "America/St_Thomas", "US-VT": "America/New_York",
	"US-WA": "America/Los_Angeles", "US-WI": "America/Chicago", "US-WV": "America/New_York", "US-WY": "America/Denver",
}

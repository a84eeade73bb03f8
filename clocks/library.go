package clocks

import (
	"github.com/rickar/cal/v2/ar"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/au"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/bg"
	"github.com/rickar/cal/v2/br"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/gr"
	"github.com/rickar/cal/v2/hr"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/jp"
	"github.com/rickar/cal/v2/lt"
	"github.com/rickar/cal/v2/lv"
	"github.com/rickar/cal/v2/mw"
	"github.com/rickar/cal/v2/nc"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/nz"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/ro"
	"github.com/rickar/cal/v2/ru"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/si"
	"github.com/rickar/cal/v2/sk"
	"github.com/rickar/cal/v2/ua"
	"github.com/rickar/cal/v2/za"
)

// calendars are those of countries and of their parts (ISO 3166-1, 3166-2), from the library; what it does not have is
// not known here. Holidays that a parliament or a president declares for one year are in none of them.
var calendars = map[string]*Calendar{
	"US": USFederal,
	"IE": Ireland,

	"AR":     calendar("public holidays of Argentina, cal v2.1.13", false, ar.Holidays),
	"AT":     calendar("public holidays of Austria, cal v2.1.13", false, at.Holidays),
	"AU-ACT": calendar("public holidays of Australia, ACT, cal v2.1.13", false, au.HolidaysACT),
	"AU-NSW": calendar("public holidays of Australia, NSW, cal v2.1.13", false, au.HolidaysNSW),
	"AU-NT":  calendar("public holidays of Australia, NT, cal v2.1.13", false, au.HolidaysNT),
	"AU-QLD": calendar("public holidays of Australia, QLD, cal v2.1.13", false, au.HolidaysQLD),
	"AU-SA":  calendar("public holidays of Australia, SA, cal v2.1.13", false, au.HolidaysSA),
	"AU-TAS": calendar("public holidays of Australia, TAS, cal v2.1.13", false, au.HolidaysTAS),
	"AU-VIC": calendar("public holidays of Australia, VIC, cal v2.1.13", false, au.HolidaysVIC),
	"AU-WA":  calendar("public holidays of Australia, WA, cal v2.1.13", false, au.HolidaysWA),
	"BE":     calendar("public holidays of Belgium, cal v2.1.13", false, be.Holidays),
	"BG":     calendar("public holidays of Bulgaria, cal v2.1.13", false, bg.Holidays),
	"BR":     calendar("public holidays of Brazil, cal v2.1.13", false, br.Holidays),
	"CA":     calendar("public holidays of Canada, cal v2.1.13", false, ca.Holidays),
	"CH":     calendar("public holidays of Switzerland, cal v2.1.13", false, ch.Holidays),
	"CH-AG":  calendar("public holidays of Switzerland, AG, cal v2.1.13", false, ch.HolidaysAG),
	"CH-AI":  calendar("public holidays of Switzerland, AI, cal v2.1.13", false, ch.HolidaysAI),
	"CH-AR":  calendar("public holidays of Switzerland, AR, cal v2.1.13", false, ch.HolidaysAR),
	"CH-BE":  calendar("public holidays of Switzerland, BE, cal v2.1.13", false, ch.HolidaysBE),
	"CH-BL":  calendar("public holidays of Switzerland, BL, cal v2.1.13", false, ch.HolidaysBL),
	"CH-BS":  calendar("public holidays of Switzerland, BS, cal v2.1.13", false, ch.HolidaysBS),
	"CH-FR":  calendar("public holidays of Switzerland, FR, cal v2.1.13", false, ch.HolidaysFR),
	"CH-GE":  calendar("public holidays of Switzerland, GE, cal v2.1.13", false, ch.HolidaysGE),
	"CH-GL":  calendar("public holidays of Switzerland, GL, cal v2.1.13", false, ch.HolidaysGL),
	"CH-GR":  calendar("public holidays of Switzerland, GR, cal v2.1.13", false, ch.HolidaysGR),
	"CH-JU":  calendar("public holidays of Switzerland, JU, cal v2.1.13", false, ch.HolidaysJU),
	"CH-LU":  calendar("public holidays of Switzerland, LU, cal v2.1.13", false, ch.HolidaysLU),
	"CH-NE":  calendar("public holidays of Switzerland, NE, cal v2.1.13", false, ch.HolidaysNE),
	"CH-NW":  calendar("public holidays of Switzerland, NW, cal v2.1.13", false, ch.HolidaysNW),
	"CH-OW":  calendar("public holidays of Switzerland, OW, cal v2.1.13", false, ch.HolidaysOW),
	"CH-SG":  calendar("public holidays of Switzerland, SG, cal v2.1.13", false, ch.HolidaysSG),
	"CH-SH":  calendar("public holidays of Switzerland, SH, cal v2.1.13", false, ch.HolidaysSH),
	"CH-SO":  calendar("public holidays of Switzerland, SO, cal v2.1.13", false, ch.HolidaysSO),
	"CH-SZ":  calendar("public holidays of Switzerland, SZ, cal v2.1.13", false, ch.HolidaysSZ),
	"CH-TG":  calendar("public holidays of Switzerland, TG, cal v2.1.13", false, ch.HolidaysTG),
	"CH-TI":  calendar("public holidays of Switzerland, TI, cal v2.1.13", false, ch.HolidaysTI),
	"CH-UR":  calendar("public holidays of Switzerland, UR, cal v2.1.13", false, ch.HolidaysUR),
	"CH-VD":  calendar("public holidays of Switzerland, VD, cal v2.1.13", false, ch.HolidaysVD),
	"CH-VS":  calendar("public holidays of Switzerland, VS, cal v2.1.13", false, ch.HolidaysVS),
	"CH-ZG":  calendar("public holidays of Switzerland, ZG, cal v2.1.13", false, ch.HolidaysZG),
	"CH-ZH":  calendar("public holidays of Switzerland, ZH, cal v2.1.13", false, ch.HolidaysZH),
	"CZ":     calendar("public holidays of Czechia, cal v2.1.13", false, cz.Holidays),
	"DE":     calendar("public holidays of Germany, cal v2.1.13", false, de.Holidays),
	"DE-BB":  calendar("public holidays of Germany, BB, cal v2.1.13", false, de.HolidaysBB),
	"DE-BE":  calendar("public holidays of Germany, BE, cal v2.1.13", false, de.HolidaysBE),
	"DE-BW":  calendar("public holidays of Germany, BW, cal v2.1.13", false, de.HolidaysBW),
	"DE-BY":  calendar("public holidays of Germany, BY, cal v2.1.13", false, de.HolidaysBY),
	"DE-HB":  calendar("public holidays of Germany, HB, cal v2.1.13", false, de.HolidaysHB),
	"DE-HE":  calendar("public holidays of Germany, HE, cal v2.1.13", false, de.HolidaysHE),
	"DE-HH":  calendar("public holidays of Germany, HH, cal v2.1.13", false, de.HolidaysHH),
	"DE-MV":  calendar("public holidays of Germany, MV, cal v2.1.13", false, de.HolidaysMV),
	"DE-NI":  calendar("public holidays of Germany, NI, cal v2.1.13", false, de.HolidaysNI),
	"DE-NW":  calendar("public holidays of Germany, NW, cal v2.1.13", false, de.HolidaysNW),
	"DE-RP":  calendar("public holidays of Germany, RP, cal v2.1.13", false, de.HolidaysRP),
	"DE-SH":  calendar("public holidays of Germany, SH, cal v2.1.13", false, de.HolidaysSH),
	"DE-SL":  calendar("public holidays of Germany, SL, cal v2.1.13", false, de.HolidaysSL),
	"DE-SN":  calendar("public holidays of Germany, SN, cal v2.1.13", false, de.HolidaysSN),
	"DE-ST":  calendar("public holidays of Germany, ST, cal v2.1.13", false, de.HolidaysST),
	"DE-TH":  calendar("public holidays of Germany, TH, cal v2.1.13", false, de.HolidaysTH),
	"DK":     calendar("public holidays of Denmark, cal v2.1.13", false, dk.Holidays),
	"ES":     calendar("public holidays of Spain, cal v2.1.13", false, es.Holidays),
	"FR":     calendar("public holidays of France, cal v2.1.13", false, fr.Holidays),
	"GB":     calendar("public holidays of United Kingdom, cal v2.1.13", false, gb.Holidays),
	"GR":     calendar("public holidays of Greece, cal v2.1.13", false, gr.Holidays),
	"HR":     calendar("public holidays of Croatia, cal v2.1.13", false, hr.Holidays),
	"IT":     calendar("public holidays of Italy, cal v2.1.13", false, it.Holidays),
	"JP":     calendar("public holidays of Japan, cal v2.1.13", false, jp.Holidays),
	"LT":     calendar("public holidays of Lithuania, cal v2.1.13", false, lt.Holidays),
	"LV":     calendar("public holidays of Latvia, cal v2.1.13", false, lv.Holidays),
	"MW":     calendar("public holidays of Malawi, cal v2.1.13", false, mw.Holidays),
	"NC":     calendar("public holidays of New Caledonia, cal v2.1.13", false, nc.Holidays),
	"NL":     calendar("public holidays of Netherlands, cal v2.1.13", false, nl.Holidays),
	"NO":     calendar("public holidays of Norway, cal v2.1.13", false, no.Holidays),
	"NZ":     calendar("public holidays of New Zealand, cal v2.1.13", false, nz.Holidays),
	"PL":     calendar("public holidays of Poland, cal v2.1.13", false, pl.Holidays),
	"RO":     calendar("public holidays of Romania, cal v2.1.13", false, ro.Holidays),
	"RU":     calendar("public holidays of Russia, cal v2.1.13", false, ru.Holidays),
	"SE":     calendar("public holidays of Sweden, cal v2.1.13", false, se.Holidays),
	"SI":     calendar("public holidays of Slovenia, cal v2.1.13", false, si.Holidays),
	"SK":     calendar("public holidays of Slovakia, cal v2.1.13", false, sk.Holidays),
	"UA":     calendar("public holidays of Ukraine, cal v2.1.13", false, ua.Holidays),
	"ZA":     calendar("public holidays of South Africa, cal v2.1.13", false, za.Holidays),
}

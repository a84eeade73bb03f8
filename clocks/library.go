package clocks

import (
	"github.com/rickar/cal/v2"
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
	"github.com/rickar/cal/v2/ie"
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
	"github.com/rickar/cal/v2/us"
	"github.com/rickar/cal/v2/za"
)

// release is the library's release; a test holds it to go.mod. It is of April 2023.
const release = "cal v2.1.13"

// The years that the library's calendars are taken for: those of the product's requests, to ten years past the release.
// What a parliament changes after that nobody knows; a deadline beyond them says so.
const firstYear, lastYear = 2020, 2033

// The calendars that the regimes name themselves.
var (
	// USFederal holds the legal holidays of FRCrP 45(a)(6) and FRCP 6(a)(6). The Rules name the statutory day, federal
	// offices keep the observed one (5 USC 6103(b)); a shifted day is a fallback only, so both are skipped.
	USFederal = federal()
	// Ireland holds the public holidays of the addressee's State for the periods of Regulation (EEC) 1182/71.
	Ireland = shipped("IE", "Irish public holidays", ie.Holidays)
)

func federal() *Calendar {
	c := shipped("US", "US federal holidays", us.Holidays)
	c.observed = true
	return c
}

// shipped is a calendar of the library's.
func shipped(place, name string, holidays []*cal.Holiday) *Calendar {
	c := &cal.Calendar{Cacheable: false}
	c.AddHoliday(holidays...)
	return calendar(Origin{
		Place: place, Name: name, Source: "github.com/rickar/cal", Version: release, From: firstYear, To: lastYear,
	}, c)
}

// japan: the library knows the September holidays between two others only to 2032.
func japan() *Calendar {
	c := shipped("JP", "public holidays of Japan", jp.Holidays)
	c.origin.To = 2032
	return c
}

// library is the calendars of countries and of their parts (ISO 3166-1, 3166-2); what is not in it is not known here.
// Holidays that a parliament or a president declares for one year are in none of them: overrides add those.
var library = byPlace(
	USFederal, Ireland, japan(),

	shipped("AR", "public holidays of Argentina", ar.Holidays),
	shipped("AT", "public holidays of Austria", at.Holidays),
	shipped("AU-ACT", "public holidays of Australia, ACT", au.HolidaysACT),
	shipped("AU-NSW", "public holidays of Australia, NSW", au.HolidaysNSW),
	shipped("AU-NT", "public holidays of Australia, NT", au.HolidaysNT),
	shipped("AU-QLD", "public holidays of Australia, QLD", au.HolidaysQLD),
	shipped("AU-SA", "public holidays of Australia, SA", au.HolidaysSA),
	shipped("AU-TAS", "public holidays of Australia, TAS", au.HolidaysTAS),
	shipped("AU-VIC", "public holidays of Australia, VIC", au.HolidaysVIC),
	shipped("AU-WA", "public holidays of Australia, WA", au.HolidaysWA),
	shipped("BE", "public holidays of Belgium", be.Holidays),
	shipped("BG", "public holidays of Bulgaria", bg.Holidays),
	shipped("BR", "public holidays of Brazil", br.Holidays),
	shipped("CA", "public holidays of Canada", ca.Holidays),
	shipped("CH", "public holidays of Switzerland", ch.Holidays),
	shipped("CH-AG", "public holidays of Switzerland, AG", ch.HolidaysAG),
	shipped("CH-AI", "public holidays of Switzerland, AI", ch.HolidaysAI),
	shipped("CH-AR", "public holidays of Switzerland, AR", ch.HolidaysAR),
	shipped("CH-BE", "public holidays of Switzerland, BE", ch.HolidaysBE),
	shipped("CH-BL", "public holidays of Switzerland, BL", ch.HolidaysBL),
	shipped("CH-BS", "public holidays of Switzerland, BS", ch.HolidaysBS),
	shipped("CH-FR", "public holidays of Switzerland, FR", ch.HolidaysFR),
	shipped("CH-GE", "public holidays of Switzerland, GE", ch.HolidaysGE),
	shipped("CH-GL", "public holidays of Switzerland, GL", ch.HolidaysGL),
	shipped("CH-GR", "public holidays of Switzerland, GR", ch.HolidaysGR),
	shipped("CH-JU", "public holidays of Switzerland, JU", ch.HolidaysJU),
	shipped("CH-LU", "public holidays of Switzerland, LU", ch.HolidaysLU),
	shipped("CH-NE", "public holidays of Switzerland, NE", ch.HolidaysNE),
	shipped("CH-NW", "public holidays of Switzerland, NW", ch.HolidaysNW),
	shipped("CH-OW", "public holidays of Switzerland, OW", ch.HolidaysOW),
	shipped("CH-SG", "public holidays of Switzerland, SG", ch.HolidaysSG),
	shipped("CH-SH", "public holidays of Switzerland, SH", ch.HolidaysSH),
	shipped("CH-SO", "public holidays of Switzerland, SO", ch.HolidaysSO),
	shipped("CH-SZ", "public holidays of Switzerland, SZ", ch.HolidaysSZ),
	shipped("CH-TG", "public holidays of Switzerland, TG", ch.HolidaysTG),
	shipped("CH-TI", "public holidays of Switzerland, TI", ch.HolidaysTI),
	shipped("CH-UR", "public holidays of Switzerland, UR", ch.HolidaysUR),
	shipped("CH-VD", "public holidays of Switzerland, VD", ch.HolidaysVD),
	shipped("CH-VS", "public holidays of Switzerland, VS", ch.HolidaysVS),
	shipped("CH-ZG", "public holidays of Switzerland, ZG", ch.HolidaysZG),
	shipped("CH-ZH", "public holidays of Switzerland, ZH", ch.HolidaysZH),
	shipped("CZ", "public holidays of Czechia", cz.Holidays),
	shipped("DE", "public holidays of Germany", de.Holidays),
	shipped("DE-BB", "public holidays of Germany, BB", de.HolidaysBB),
	shipped("DE-BE", "public holidays of Germany, BE", de.HolidaysBE),
	shipped("DE-BW", "public holidays of Germany, BW", de.HolidaysBW),
	shipped("DE-BY", "public holidays of Germany, BY", de.HolidaysBY),
	shipped("DE-HB", "public holidays of Germany, HB", de.HolidaysHB),
	shipped("DE-HE", "public holidays of Germany, HE", de.HolidaysHE),
	shipped("DE-HH", "public holidays of Germany, HH", de.HolidaysHH),
	shipped("DE-MV", "public holidays of Germany, MV", de.HolidaysMV),
	shipped("DE-NI", "public holidays of Germany, NI", de.HolidaysNI),
	shipped("DE-NW", "public holidays of Germany, NW", de.HolidaysNW),
	shipped("DE-RP", "public holidays of Germany, RP", de.HolidaysRP),
	shipped("DE-SH", "public holidays of Germany, SH", de.HolidaysSH),
	shipped("DE-SL", "public holidays of Germany, SL", de.HolidaysSL),
	shipped("DE-SN", "public holidays of Germany, SN", de.HolidaysSN),
	shipped("DE-ST", "public holidays of Germany, ST", de.HolidaysST),
	shipped("DE-TH", "public holidays of Germany, TH", de.HolidaysTH),
	shipped("DK", "public holidays of Denmark", dk.Holidays),
	shipped("ES", "public holidays of Spain", es.Holidays),
	shipped("FR", "public holidays of France", fr.Holidays),
	shipped("GB", "public holidays of United Kingdom", gb.Holidays),
	shipped("GR", "public holidays of Greece", gr.Holidays),
	shipped("HR", "public holidays of Croatia", hr.Holidays),
	shipped("IT", "public holidays of Italy", it.Holidays),
	shipped("LT", "public holidays of Lithuania", lt.Holidays),
	shipped("LV", "public holidays of Latvia", lv.Holidays),
	shipped("MW", "public holidays of Malawi", mw.Holidays),
	shipped("NC", "public holidays of New Caledonia", nc.Holidays),
	shipped("NL", "public holidays of Netherlands", nl.Holidays),
	shipped("NO", "public holidays of Norway", no.Holidays),
	shipped("NZ", "public holidays of New Zealand", nz.Holidays),
	shipped("PL", "public holidays of Poland", pl.Holidays),
	shipped("RO", "public holidays of Romania", ro.Holidays),
	shipped("RU", "public holidays of Russia", ru.Holidays),
	shipped("SE", "public holidays of Sweden", se.Holidays),
	shipped("SI", "public holidays of Slovenia", si.Holidays),
	shipped("SK", "public holidays of Slovakia", sk.Holidays),
	shipped("UA", "public holidays of Ukraine", ua.Holidays),
	shipped("ZA", "public holidays of South Africa", za.Holidays),
)

func byPlace(all ...*Calendar) map[string]*Calendar {
	out := make(map[string]*Calendar, len(all))
	for _, c := range all {
		out[c.origin.Place] = c
	}
	return out
}

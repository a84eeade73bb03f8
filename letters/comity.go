package letters

import "dueprocess/casework"

// ComityFacts is what a motion under 18 USC 2703(h) is drafted from. Since is when the country's agreement under 18 USC
// 2523 came into force; Person, what the case knows of whether the customer is a US person and lives there. What is not known is left open.
type ComityFacts struct {
	FilingFacts

	Country string
	Since   casework.Date
	Person  string
}

// factors are what the court weighs (18 USC 2703(h)(3)).
var factors = []string{
	"The interests of the United States, among them those of the governmental entity that asks",
	"The interests of the foreign government in preventing the disclosure",
	"The likelihood, extent and nature of penalties on the provider or its people for inconsistent duties",
	"Where and of what nationality the customer is, and the customer's connection with the United States",
	"The provider's ties to and presence in the United States",
	"How important the information is to the investigation",
	"Whether the information can be had in time by other means with fewer consequences",
	"If the process serves a foreign authority's request (18 USC 3512), that authority's interests",
}

// WriteComityMotion drafts a motion that a foreign state's law forbids what is asked.
func WriteComityMotion(f ComityFacts) (Letter, error) {
	n := f.check()
	if err := n.err(); err != nil {
		return Letter{}, err
	}
	country := or(f.Country, "the country")
	d := plain(casework.LetterComityMotion, f.Head, "Motion of "+f.Provider+" to modify or quash under 18 USC 2703(h)")
	d.caption(f.FilingFacts)
	d.heading("Motion")
	d.text(f.Provider + " moves the court to modify or quash the process named above as to the contents of communications. The motion is made not later than " +
		"fourteen days after service (18 USC 2703(h)(2)(A)).")
	d.happened(f.FilingFacts)
	d.heading("What the provider reasonably believes")
	d.items(
		"The customer is not a United States person and does not reside in the United States. What the case knows of it: "+or(f.Person, "the facts")+".",
		"The disclosure would create a material risk that the provider violates the law of "+country+": "+open("the provisions, and a declaration on that law")+".",
	)
	d.heading("Why " + country + " is a qualifying foreign government")
	d.items(
		"Its executive agreement with the United States under 18 USC 2523 is in force since "+or(d.day(f.Since), "the day")+".",
		"Its law gives providers similar substantive and procedural opportunities (18 USC 2703(h)(1)(A)): "+open("the provisions")+".",
	)
	d.grounds(f.Grounds)
	d.heading("What comity asks")
	list := []string{}
	for _, x := range factors {
		list = append(list, x+": "+open("facts")+".")
	}
	d.items(list...)
	d.heading("What we ask of the court")
	d.items("That the process be modified or quashed as to the contents of communications.", "A hearing, and time to file a declaration on foreign law.",
		"Such other relief as is just.")
	d.meanwhile(f.FilingFacts)
	d.text("While the motion is pending the provider preserves, and is not obliged to produce, what is asked, unless the court finds that it must be produced " +
		"at once to prevent one of the results named in 18 USC 2705(a)(2).")
	d.text("The provider may tell the entity that the foreign government has designated that the process exists (18 USC 2703(h)(5)).")
	d.counsel()
	return d.done(), nil
}

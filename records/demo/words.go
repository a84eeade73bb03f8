package demo

// locale is what people of one language are called and where they live; none of the towns is on a map.
type locale struct {
	language    string
	first, last []string
	street      []string
	town        []string
	subjects    []string
	sentences   []string
}

var locales = []locale{
	{
		language: "en",
		first:    []string{"Alice", "Brian", "Carol", "Dennis", "Ellen", "Frank", "Grace", "Henry", "Iris", "Jack"},
		last:     []string{"Archer", "Barrow", "Carver", "Dale", "Ellis", "Fielding", "Garland", "Hollis", "Marsh", "Pender"},
		street:   []string{"Lantern Street", "Quay Road", "Orchard Lane", "Mill Court"},
		town:     []string{"Port Example", "Sampleton", "Fictionbury"},
		subjects: []string{"Tide table for the week", "Minutes of the meeting", "New lamps for the pier", "Bread order", "Choir practice"},
		sentences: []string{
			"The ferry leaves at eight.", "Please bring the blue paint.", "The lamps at the pier were repaired.",
			"We meet on Thursday in the boathouse.", "The weather should hold until Sunday.", "Thank you for the photographs.",
		},
	},
	{
		language: "de",
		first:    []string{"Anke", "Bernd", "Clara", "Dieter", "Elke", "Jürgen", "Heike", "Lukas", "Käthe", "Uwe"},
		last:     []string{"Ahrens", "Bäcker", "Claasen", "Dierks", "Förster", "Groß", "Hansen", "Krüger", "Lüders", "Petersen"},
		street:   []string{"Hafenweg", "Lindenstraße", "Am Deich", "Mühlengasse"},
		town:     []string{"Musterhafen", "Beispielstadt", "Neudorf am Beispiel"},
		subjects: []string{"Fahrplan der Fähre", "Protokoll der Sitzung", "Neue Lampen am Steg", "Brötchen für Sonntag", "Chorprobe"},
		sentences: []string{
			"Die Fähre fährt um acht.", "Bitte die blaue Farbe mitbringen.", "Die Lampen am Steg sind repariert.",
			"Wir treffen uns am Donnerstag im Bootshaus.", "Das Wetter hält wohl bis Sonntag.", "Danke für die Bilder.",
		},
	},
	{
		language: "fr",
		first:    []string{"Aline", "Benoît", "Chloé", "Denis", "Élise", "François", "Gisèle", "Hervé", "Inès", "Loïc"},
		last:     []string{"Aubert", "Blanchet", "Carpentier", "Delmas", "Fournier", "Girard", "Lefèvre", "Marchand", "Noël", "Perrin"},
		street:   []string{"rue du Phare", "quai des Exemples", "allée des Tilleuls", "chemin du Moulin"},
		town:     []string{"Port-Exemple", "Fictionville", "Saint-Modèle"},
		subjects: []string{"Horaires du bac", "Compte rendu de la réunion", "Nouvelles lampes sur la jetée", "Commande de pain", "Répétition du chœur"},
		sentences: []string{
			"Le bac part à huit heures.", "Merci d'apporter la peinture bleue.", "Les lampes de la jetée sont réparées.",
			"Rendez-vous jeudi au hangar à bateaux.", "Le temps devrait tenir jusqu'à dimanche.", "Merci pour les photos.",
		},
	},
}

var (
	adjectives = []string{"amber", "bright", "calm", "distant", "early", "gentle", "hidden", "little", "misty", "northern", "quiet", "silver"}
	nouns      = []string{"anchor", "beacon", "bridge", "compass", "garden", "gull", "lantern", "meadow", "orchard", "pebble", "sail", "willow"}
	methods    = []string{"GET", "GET", "GET", "GET", "HEAD", "POST"}
	statuses   = []string{"200", "200", "200", "200", "301", "304", "404"}
)

// areas are the area codes of the telephone numbers, one for each hundred accounts.
var areas = []int{
	617, 201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229, 231, 234, 239,
	240, 248, 251, 252, 253, 254, 256, 260, 262, 267, 269, 270, 272, 276, 281, 301, 302, 303, 304, 305, 307, 308, 309, 310, 312,
}

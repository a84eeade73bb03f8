package casework

// AddRecordsBody is a file of records of one category; the front desk has put its bytes into the vault.
type AddRecordsBody struct {
	Remark
	Data Data     `json:"data"`
	File Document `json:"file"`
}

func (b AddRecordsBody) check(f *faults) { oneOf(f, "data", b.Data, DataCategories); b.File.check(f) }

// AttachBody is a file added to the case.
type AttachBody struct {
	Remark
	Name string   `json:"name"`
	For  string   `json:"for,omitempty"` // "customer": the notice page shows it; left out: it stays among us
	File Document `json:"file"`
}

func (b AttachBody) check(f *faults) {
	b.File.check(f)
	if b.For != "" && b.For != ForCustomer {
		f.add("for", "must be \"customer\", or left out")
	}
}

func (d Document) check(f *faults) {
	if d.Ref == "" {
		f.add("file", "is missing: send it as a part of a multipart body")
	}
}

// ReleaseBody confirms what goes out.
type ReleaseBody struct {
	Remark
	Confirm  string `json:"confirm"`
	Manifest string `json:"manifest"`
}

func (b ReleaseBody) check(f *faults) {
	needText(f, "confirm", b.Confirm)
	needText(f, "manifest", b.Manifest)
}

// ParcelBody names a parcel by its number, needed where several are delivered; Address is a new one.
type ParcelBody struct {
	Remark
	Disclosure int    `json:"disclosure,omitempty"`
	Address    string `json:"address,omitempty"`
}

// ReceiptBody names a parcel by its number, needed where several are delivered.
type ReceiptBody struct {
	Remark
	Disclosure int `json:"disclosure,omitempty"`
}

// DownloadBody names the parcel that the officer took.
type DownloadBody struct {
	Remark
	Disclosure int `json:"disclosure"`
}

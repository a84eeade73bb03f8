package staff

import (
	"encoding/json"
	"net/http"
	"net/url"

	"dueprocess/casework"
	"dueprocess/web/upload"
)

// maxUpload bounds what a form with a file may send.
const maxUpload = 64 << 20

// fileField is the field of a file; what stands in it as text is what the vault says of the file, whatever was sent.
const fileField = "file"

// readSent reads what the form of an action sent. A file goes into the vault as it comes in: nobody's who may never do
// the action.
func (p *pages) readSent(w http.ResponseWriter, r *http.Request, action casework.Action, user casework.Actor) ([]casework.Document, error) {
	if !action.TakesFile() {
		return nil, readForm(w, r)
	}
	if !casework.MayEver(action, user) {
		return nil, casework.Refuse(casework.Forbidden, "Your role may never do this.")
	}
	if _, err := p.read(r, user); err != nil {
		return nil, err
	}
	if !upload.IsForm(r) {
		return nil, casework.Faulty([]casework.Fault{{Path: fileField, Message: "is missing: choose a file"}})
	}
	sent, err := upload.Read(w, r, p.Uploads, upload.Limits{Text: maxForm, Whole: maxUpload}, "")
	if err != nil {
		return nil, err
	}
	r.PostForm = url.Values{}
	for name, text := range sent.Fields {
		r.PostForm.Set(name, text)
	}
	return sent.Files, p.describe(r, sent.Files)
}

// describe puts the description of the one file that was chosen among what was sent; a browser sends an empty file where
// none was.
func (p *pages) describe(r *http.Request, files []casework.Document) error {
	r.PostForm.Del(fileField)
	if len(files) != 1 || files[0].Size == 0 {
		return nil
	}
	said, err := json.Marshal(files[0])
	r.PostForm.Set(fileField, string(said))
	return err
}

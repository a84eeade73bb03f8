package portal

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"dueprocess/casework"
	"dueprocess/web/ui"
)

// Bounds of an objection.
const (
	longestObjection = 5_000 // characters
	mostObjections   = 20    // of the customers of one case: a link is no way to fill the ledger
	maxForm          = 512 << 10
)

// noticePage tells a customer of a request. Nothing on it is about one account rather than another, since several
// holders may have the same notice.
type noticePage struct {
	ui.Frame
	tongue

	Case      string
	Authority casework.Authority
	Type      casework.InstrumentType
	Data      []casework.Data
	Actions   []casework.DemandedAction
	Kind      casework.NoticeDuty
	Until     time.Time // the customer's period; zero: there is none
	MayObject bool
	Made      int // objections that customers have made here
	Copies    []copyLink
	Letter    string // where the notice is as a letter; empty: nowhere
	Action    string // where the objection goes
	Key       string
	Text      string // what was written, where it was refused
	Longest   int
	Wrong     []string
}

var (
	noticeTemplate   = ui.Parse(files, "notice.html")
	objectedTemplate = ui.Parse(files, "objected.html")
)

func (p *pages) notice(w http.ResponseWriter, r *http.Request) error {
	page, err := p.noticePage(r)
	if err != nil {
		return err
	}
	return noticeTemplate.Render(w, http.StatusOK, page)
}

// told finds the case that a link tells of, where its customer may be told now: asked at every look, since secrecy may
// have come into force after the notice was sent.
func (p *pages) told(r *http.Request) (casework.Case, casework.Notice, error) {
	l, err := p.link(r, casework.NoticeLink)
	if err != nil {
		return casework.Case{}, casework.Notice{}, err
	}
	c, err := p.Store.Load(r.Context(), l.Case)
	if err != nil {
		return c, casework.Notice{}, err
	}
	i := slices.IndexFunc(c.Notices, func(n casework.Notice) bool { return n.N == l.N })
	if i < 0 || !c.MayTell(p.Now()) {
		return c, casework.Notice{}, errNoLink
	}
	return c, c.Notices[i], nil
}

func (p *pages) noticePage(r *http.Request) (noticePage, error) {
	c, n, err := p.told(r)
	if err != nil {
		return noticePage{}, err
	}
	in := speak(r, c)
	page := noticePage{
		Frame: p.frame("").In(in.tag.String(), in.Say), tongue: in, Case: c.ID, Authority: c.Request.Authority, Type: c.Request.Instrument.Type,
		Data: c.Request.Demand.Data, Actions: c.Request.Demand.Answered(), Kind: n.Kind, MayObject: mayObject(c, p.Now()),
		Action: "/notice/" + r.PathValue("token") + "/objection", Key: uuid.Must(uuid.NewV7()).String(), Longest: longestObjection,
	}
	page.Title = in.Say("A request for your data")
	if c.Work.NoticeEnds != nil && n.Kind == casework.BeforeDisclosure {
		page.Until = *c.Work.NoticeEnds
	}
	for _, d := range c.CopiesForCustomer() {
		page.Copies = append(page.Copies, copyLink{d.Name, d.Size, "/notice/" + r.PathValue("token") + "/copies/" + strconv.Itoa(d.N)})
	}
	if _, ok := letterOf(c.LettersToCustomer(n.N, p.Now()), in.Lang()); ok {
		page.Letter = "/notice/" + r.PathValue("token") + "/letter" + in.query()
	}
	for _, o := range c.Objections {
		if o.By == customer.Name {
			page.Made++
		}
	}
	return page, nil
}

// mayObject asks the table whether the customer's objection would be taken now.
func mayObject(c casework.Case, at time.Time) bool {
	return slices.Contains(c.Allowed(customer, at), casework.RecordObjection)
}

// object takes the customer's objection in.
func (p *pages) object(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		return casework.Refuse(casework.TooLarge, "What was sent is too long. An objection may have %d characters.", longestObjection).Because(err)
	}
	page, err := p.noticePage(r)
	if err != nil {
		return err
	}
	page.Text = strings.TrimSpace(strings.ReplaceAll(r.PostForm.Get("text"), "\r\n", "\n"))
	key, notKey := uuid.Parse(r.PostForm.Get("key"))
	switch {
	case page.Made >= mostObjections:
		page.Wrong = append(page.Wrong, page.Say("As many objections as this page takes were received. Please write to us for more."))
	case notKey != nil:
		page.Wrong = append(page.Wrong, page.Say("The form was not whole. Please send it again."))
	case page.Text == "":
		page.Wrong = append(page.Wrong, page.Say("Please write why you object."))
	case utf8.RuneCountInString(page.Text) > longestObjection:
		page.Wrong = append(page.Wrong, page.Say("Your text is too long: it may have 5,000 characters."))
	}
	if len(page.Wrong) > 0 {
		return noticeTemplate.Render(w, http.StatusBadRequest, page)
	}
	return p.bring(w, r, page, key.String())
}

// bring takes an objection to the desk. Where it was not taken the text is not lost: the form comes back with it, and
// with its key, so that sending it again is not a second objection.
func (p *pages) bring(w http.ResponseWriter, r *http.Request, page noticePage, key string) error {
	err := p.Desk.Act(r.Context(), page.Case, casework.Act{
		Action: casework.RecordObjection, Actor: customer, Key: key, At: casework.Truncate(p.Now()), Body: &casework.ObjectionBody{Text: page.Text},
	})
	if err == nil {
		http.Redirect(w, r, page.Action+page.query(), http.StatusSeeOther)
		return nil
	}
	ui.Note(r, err)
	page.Key = key
	switch casework.CodeOf(err) {
	case casework.NotFound:
		return err
	case casework.Conflict, casework.Forbidden:
		page.MayObject = false
		page.Wrong = []string{page.Say("The time for an objection here is over: your text was not taken.")}
	default:
		page.Wrong = []string{page.Say("Your objection could not be stored just now. It has not been lost: please send it again in a minute.")}
	}
	return noticeTemplate.Render(w, ui.StatusOf(err), page)
}

// objected says that an objection was received; who has made none is led to the notice.
func (p *pages) objected(w http.ResponseWriter, r *http.Request) error {
	page, err := p.noticePage(r)
	if err != nil {
		return err
	}
	if page.Made == 0 {
		http.Redirect(w, r, strings.TrimSuffix(page.Action, "/objection")+page.query(), http.StatusSeeOther)
		return nil
	}
	page.Title = page.Say("Your objection was received")
	return objectedTemplate.Render(w, http.StatusOK, page)
}

package portal

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/internal/fakes"
	"dueprocess/web/ui/pagetest"
)

const token = "a-token-nobody-guesses"

func config(h *pagetest.House) Config {
	return Config{Desk: h, Registry: h, Store: h, Parcels: h, Vault: both{papers, h.Vault}, Now: h.Now, Provider: "Example Provider, Inc."}
}

// both are two vaults: what is not in the one may be in the other.
type both [2]*fakes.Vault

func (v both) Open(ctx context.Context, ref string) (io.ReadCloser, error) {
	if r, err := v[0].Open(ctx, ref); err == nil {
		return r, nil
	}
	return v[1].Open(ctx, ref)
}

// papers are the documents of every test.
var papers = &fakes.Vault{}

func paper(t *testing.T, ref, text string) casework.Document {
	t.Helper()
	sum, size, err := papers.Put(t.Context(), ref, strings.NewReader(text))
	require.NoError(t, err)
	return casework.Document{Name: "warrant.pdf", MediaType: "application/pdf", SHA256: sum, Size: size, Ref: ref}
}

func visit(t *testing.T, h *pagetest.House) *pagetest.Browser {
	t.Helper()
	return pagetest.Visit(t, New(config(h)))
}

// mailed keeps a link to a case.
func mailed(t *testing.T, h *pagetest.House, id string, purpose casework.LinkPurpose) {
	t.Helper()
	sum := sha256.Sum256([]byte(token))
	l := casework.MailedLink{TokenSHA256: hex.EncodeToString(sum[:]), Case: id, Purpose: purpose, N: 1}
	if purpose == casework.DeliveryLink {
		l.ExpiresAt = h.Now().Add(14 * 24 * time.Hour)
	}
	require.NoError(t, h.PutLink(t.Context(), l))
}

func delivered(t *testing.T) (*pagetest.House, string) {
	t.Helper()
	h := pagetest.Open(t)
	id := h.Delivered(t)
	mailed(t, h, id, casework.DeliveryLink)
	return h, id
}

func notified(t *testing.T) (*pagetest.House, string) {
	t.Helper()
	h := pagetest.Open(t)
	id := h.Notified(t)
	mailed(t, h, id, casework.NoticeLink)
	return h, id
}

const (
	delivery = "/portal/delivery/" + token
	notice   = "/notice/" + token
)

// unread holds a case to a parcel of which no receipt is known.
func unread(t *testing.T, h *pagetest.House, id string) {
	t.Helper()
	require.Empty(t, h.Acts())
	require.Equal(t, casework.ParcelDelivered, h.State(t, id).Disclosures[0].Status)
}

func TestAWholeDownloadIsOneReceipt(t *testing.T) {
	t.Parallel()
	h, id := delivered(t)
	b := visit(t, h)
	for range 2 {
		a := b.Get(delivery)
		require.Equal(t, http.StatusOK, a.StatusCode)
		require.Equal(t, "a parcel", a.Text)
		require.Equal(t, "application/octet-stream", a.Header.Get("Content-Type"))
		require.Equal(t, "attachment; filename="+id+".tar", a.Header.Get("Content-Disposition"))
		a.IsGuarded(t)
	}
	require.Equal(t, 1, h.Count(t, id, casework.Downloaded))
	require.Equal(t, casework.ParcelReceived, h.State(t, id).Disclosures[0].Status)
	require.Equal(t, casework.InClosed, h.State(t, id).Stage)
}

func TestHeadAndPartsAreNoReceipt(t *testing.T) {
	t.Parallel()
	h, id := delivered(t)
	b := visit(t, h)
	a := b.Do(http.MethodHead, delivery, nil, nil)
	require.Equal(t, http.StatusOK, a.StatusCode)
	require.Contains(t, a.Header.Get("Content-Disposition"), id)
	unread(t, h, id)
	b.Do(http.MethodGet, delivery, nil, http.Header{"Range": {"bytes=0-3"}})
	unread(t, h, id)
	require.Equal(t, http.StatusNotFound, b.Do(http.MethodPost, delivery, nil, nil).StatusCode)
	unread(t, h, id)
}

func TestALineThatBreaksIsNoReceipt(t *testing.T) {
	t.Parallel()
	h, id := delivered(t)
	gone := make(chan struct{})
	h.Parcel = func() io.ReadCloser {
		return io.NopCloser(io.MultiReader(bytes.NewReader(make([]byte, 1<<20)), waiting(gone), bytes.NewReader(make([]byte, 8<<20))))
	}
	done := make(chan struct{})
	inner := New(config(h))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(done)
		inner.ServeHTTP(w, r)
	}))
	defer server.Close()
	line, err := net.Dial("tcp", strings.TrimPrefix(server.URL, "http://"))
	require.NoError(t, err)
	_, err = fmt.Fprintf(line, "GET %s HTTP/1.1\r\nHost: portal.example\r\n\r\n", delivery)
	require.NoError(t, err)
	_, err = bufio.NewReader(line).ReadString('\n')
	require.NoError(t, err)
	require.NoError(t, line.Close())
	close(gone)
	<-done
	unread(t, h, id)
}

// waiting is a reader that is empty once the channel is closed.
type waiting <-chan struct{}

func (w waiting) Read([]byte) (int, error) { <-w; return 0, io.EOF }

func TestAParcelThatCannotBeReadToItsEndNeverLooksWhole(t *testing.T) {
	t.Parallel()
	h, id := delivered(t)
	h.Parcel = func() io.ReadCloser {
		return io.NopCloser(io.MultiReader(strings.NewReader("the beginning"), broken{}))
	}
	server := httptest.NewServer(New(config(h)))
	defer server.Close()
	a, err := http.Get(server.URL + delivery)
	if err == nil {
		_, err = io.ReadAll(a.Body)
		_ = a.Body.Close()
	}
	require.Error(t, err, "the officer must see that it is not all")
	unread(t, h, id)
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("the disk is gone") }

func TestAReceiptIsWrittenDownThoughTheOfficerIsGone(t *testing.T) {
	t.Parallel()
	h, id := delivered(t)
	ctx, leave := context.WithCancel(t.Context())
	c := config(h)
	c.Desk = checking{h, func(acting context.Context) {
		leave()
		require.NoError(t, acting.Err())
		_, limited := acting.Deadline()
		require.True(t, limited, "it does not take for ever")
	}}
	New(c).ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodGet, delivery, nil))
	require.Equal(t, 1, h.Count(t, id, casework.Downloaded))
}

type checking struct {
	Desk
	check func(ctx context.Context)
}

func (c checking) Act(ctx context.Context, id string, act casework.Act) error {
	c.check(ctx)
	return c.Desk.Act(ctx, id, act)
}

func TestLinksThatOpenNothingLookAlike(t *testing.T) {
	t.Parallel()
	h, id := delivered(t)
	b := visit(t, h)
	unknown := b.Get("/portal/delivery/another")
	require.Equal(t, http.StatusNotFound, unknown.StatusCode)
	require.NotContains(t, unknown.Text, id)
	require.Equal(t, unknown.Text, b.Get("/portal/delivery/%00%FF").Text)
	require.Equal(t, unknown.Text, b.Get(notice).Text, "the link of a parcel is none of a notice")
	require.Equal(t, unknown.Text, b.Post(notice+"/objection", url.Values{"text": {"x"}}).Text)
	h.Pass(15 * 24 * time.Hour)
	expired := b.Get(delivery)
	require.Equal(t, http.StatusNotFound, expired.StatusCode)
	require.Equal(t, unknown.Text, expired.Text)
	unread(t, h, id)
}

func TestAParcelThatIsNotReleasedIsNotGiven(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	id := h.Ready(t)
	mailed(t, h, id, casework.DeliveryLink)
	a := visit(t, h).Get(delivery)
	require.Equal(t, http.StatusNotFound, a.StatusCode)
	require.NotContains(t, a.Text, "a parcel")
	require.Empty(t, h.Acts())
}

func TestTheNoticeSaysWhatIsAskedAndNoMore(t *testing.T) {
	t.Parallel()
	h, id := notified(t)
	a := visit(t, h).Get(notice)
	require.Equal(t, http.StatusOK, a.StatusCode)
	a.Says(t, id, "Federal Bureau of Investigation", "US", "Search warrant", "subscriber data, traffic data", "27 November 2026, 15:04 UTC", "How to object")
	for _, secret := range []string{"harbor.lights", "Whitfield", "wire fraud", "BOS-26-118", "acct-1", "04417", "rosa"} {
		require.NotContains(t, a.Text, secret)
	}
}

func TestSecrecySilencesTheNotice(t *testing.T) {
	t.Parallel()
	h, id := notified(t)
	b := visit(t, h)
	form := b.Get(notice).Form(t, notice+"/objection")
	form.Set("text", "I object.")
	unknown := b.Get("/notice/another")
	h.Does(t, pagetest.Rosa, id, casework.SetSecrecy, &casework.SecrecyBody{Kind: casework.SecrecyByOrder, Basis: "18 USC 2705(b)", Until: "2027-11-16"})
	for _, a := range []pagetest.Answer{b.Get(notice), b.Post(notice+"/objection", form), b.Get(notice + "/objection")} {
		require.Equal(t, http.StatusNotFound, a.StatusCode)
		require.Equal(t, unknown.Text, a.Text)
	}
	require.Empty(t, h.Acts())
	h.Does(t, pagetest.Rosa, id, casework.LiftSecrecy, &casework.WithReason{Reason: "the court lifted it"})
	require.Equal(t, http.StatusOK, b.Get(notice).StatusCode)
}

func TestWhereTheAuthorityTellsTheNoticeIsSilent(t *testing.T) {
	t.Parallel()
	h, id := notified(t)
	c := h.State(t, id)
	require.True(t, c.MayTell(h.Now()))
	for _, duty := range []casework.NoticeDuty{casework.ByIssuingAuthority, casework.NoNotice} {
		d := *c.Determination
		d.Notice.Duty = duty
		other := c
		other.Determination = &d
		require.False(t, other.MayTell(h.Now()), duty)
	}
	other := c
	other.Determination = nil
	require.False(t, other.MayTell(h.Now()))
	other = c
	other.Accounts = nil
	require.False(t, other.MayTell(h.Now()))
}

func TestAnObjectionIsRecordedOnce(t *testing.T) {
	t.Parallel()
	h, id := notified(t)
	b := visit(t, h)
	require.Equal(t, http.StatusSeeOther, b.Get(notice+"/objection").StatusCode, "nothing was received yet")
	form := b.Get(notice).Form(t, notice+"/objection")
	form.Set("text", "I object.\r\nIt is <b>mine</b>.")
	for range 2 {
		a := b.Post(notice+"/objection", form)
		require.Equal(t, http.StatusSeeOther, a.StatusCode, a.Text)
		a = b.Get(a.Header.Get("Location"))
		a.Says(t, "Your objection was received", id, "What happens next")
	}
	c := h.State(t, id)
	require.Len(t, c.Objections, 1)
	require.Equal(t, "I object.\nIt is <b>mine</b>.", c.Objections[0].Text)
	require.Equal(t, casework.ObjectionOpen, c.Objections[0].Status)
	require.Equal(t, casework.Customer, h.Acts()[0].Actor.Kind)
}

func TestAnObjectionThatIsNotTakenIsNotLost(t *testing.T) {
	t.Parallel()
	h, id := notified(t)
	b := visit(t, h)
	form := b.Get(notice).Form(t, notice+"/objection")
	refused := func(status int, text string, says string) pagetest.Answer {
		form.Set("text", text)
		a := b.Post(notice+"/objection", form)
		require.Equal(t, status, a.StatusCode)
		a.Says(t, says)
		require.NotContains(t, a.Text, "<script>")
		return a
	}
	refused(http.StatusBadRequest, " ", "Please write why you object.")
	long := strings.Repeat("ß", longestObjection) + "</textarea><script>"
	a := refused(http.StatusBadRequest, long, "5,000 characters")
	a.Says(t, long)
	require.Empty(t, h.Acts())
	h.Fail = casework.Refuse(casework.Unavailable, "It could not be stored in time.")
	a = refused(http.StatusServiceUnavailable, "I object.", "please send it again")
	a.Says(t, "I object.")
	require.Equal(t, form.Get("key"), a.Form(t, notice+"/objection").Get("key"))
	h.Fail = nil
	form.Set("text", strings.Repeat("ß", longestObjection))
	require.Equal(t, http.StatusSeeOther, b.Post(notice+"/objection", form).StatusCode)
	require.Len(t, h.State(t, id).Objections, 1)
}

func TestAfterReleaseNobodyObjectsHere(t *testing.T) {
	t.Parallel()
	h, id := notified(t)
	b := visit(t, h)
	form := b.Get(notice).Form(t, notice+"/objection")
	form.Set("text", "I object.")
	h.Pass(8 * 24 * time.Hour)
	h.Tick(t, id)
	h.Does(t, pagetest.Rafael, id, casework.Release, &casework.ReleaseBody{Confirm: id, Manifest: h.State(t, id).Disclosures[0].ManifestSHA256})
	a := b.Get(notice)
	a.Says(t, "can no longer be made on this page")
	require.NotContains(t, a.Text, "<form")
	a = b.Post(notice+"/objection", form)
	require.Equal(t, http.StatusConflict, a.StatusCode)
	a.Says(t, "your text was not taken", "I object.")
	require.Empty(t, h.State(t, id).Objections)
}

func TestALinkIsNoWayToFillTheLedger(t *testing.T) {
	t.Parallel()
	h, id := notified(t)
	b := visit(t, h)
	status := 0
	for range mostObjections + 1 {
		form := b.Get(notice).Form(t, notice+"/objection")
		form.Set("text", "I object.")
		status = b.Post(notice+"/objection", form).StatusCode
	}
	require.Equal(t, http.StatusBadRequest, status)
	require.Len(t, h.State(t, id).Objections, mostObjections)
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	h, _ := notified(t)
	b := visit(t, h)
	form := b.Get(notice).Form(t, notice+"/objection")
	form.Set("text", "I object.")
	pagetest.RefusesForeignForms(t, b, notice+"/objection", form)
	require.Empty(t, h.Acts())
}

func TestHostileTextIsText(t *testing.T) {
	t.Parallel()
	h := pagetest.Open(t)
	r := pagetest.Request()
	r.Authority.Name = `<script>alert(1)</script>`
	id := h.Receive(t, r)
	h.Does(t, pagetest.Olivia, id, casework.VerifyRequester, &casework.VerifyBody{Method: casework.ByOfficialDomain, Evidence: "x"})
	h.Does(t, pagetest.Rosa, id, casework.Review, &casework.ReviewBody{Answers: []casework.DecisionAnswer{
		{Data: casework.Subscriber, Answer: casework.Permit}, {Data: casework.Traffic, Answer: casework.Permit},
	}})
	mailed(t, h, id, casework.NoticeLink)
	a := visit(t, h).Get(notice)
	a.Says(t, r.Authority.Name)
	require.NotContains(t, a.Text, "<script>")
}

// away is a registry that does not answer.
type away struct{ casework.CaseRegistry }

func (away) Link(context.Context, string, time.Time) (casework.MailedLink, error) {
	return casework.MailedLink{}, casework.Refuse(casework.Unavailable, "The registry does not answer.").Because(io.ErrClosedPipe)
}

// gone is a store that does not answer.
type gone struct{}

func (gone) Load(context.Context, string) (casework.Case, error) {
	return casework.Case{}, casework.Refuse(casework.Unavailable, "The registry does not answer.").Because(io.ErrClosedPipe)
}

func TestARegistryThatIsAwayIs503(t *testing.T) {
	t.Parallel()
	h, id := delivered(t)
	first, second := config(h), config(h)
	first.Registry, second.Store = away{h}, gone{}
	for _, b := range []*pagetest.Browser{pagetest.Visit(t, New(first)), pagetest.Visit(t, New(second))} {
		a := b.Get(delivery)
		require.Equal(t, http.StatusServiceUnavailable, a.StatusCode)
		require.NotContains(t, a.Text, io.ErrClosedPipe.Error())
		a.IsGuarded(t)
	}
	a := pagetest.Visit(t, New(first)).Get(notice)
	require.Equal(t, http.StatusServiceUnavailable, a.StatusCode)
	unread(t, h, id)
}

func TestEveryPageIsGuarded(t *testing.T) {
	t.Parallel()
	h, _ := notified(t)
	b := visit(t, h)
	for path, status := range map[string]int{"/portal/": 200, "/transparency/": 200, notice: 200, "/notice/x": 404, "/portal/delivery/x": 404, "/": 404, "/cases/x": 404} {
		a := b.Get(path)
		require.Equal(t, status, a.StatusCode, path)
		a.IsGuarded(t)
	}
	b.IsStyled(b.Get("/portal/"))
	require.NotContains(t, b.Get("/portal/").Text, "<script")
	b.Get("/transparency/").Says(t, "No report has been published yet.")
}

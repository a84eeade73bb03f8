package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"dueprocess/casework"
	"dueprocess/internal/fakes"
	"dueprocess/policy"
	"dueprocess/web/ui/pagetest"
)

// office is the interface on a real registry, with a desk that applies acts at once.
type office struct {
	*pagetest.House

	t     *testing.T
	vault *fakes.Vault
	site  http.Handler
	zone  *time.Location // of its days
}

func open(t *testing.T) *office {
	t.Helper()
	return officeIn(t, pagetest.Open(t))
}

// officeIn is the interface of a house.
func officeIn(t *testing.T, h *pagetest.House) *office {
	t.Helper()
	for _, u := range pagetest.People {
		sum := sha256.Sum256([]byte("token of " + u.Name))
		require.NoError(t, h.PutUser(t.Context(), u.Name, u.Roles, hex.EncodeToString(sum[:])))
	}
	o := &office{House: h, t: t, vault: &fakes.Vault{}, zone: time.UTC}
	o.site = New(Config{
		Desk: o, Registry: h.Registry, Vault: o.vault, Rules: rules{policy.Default()}, Book: h.Registry, Parcels: h, Now: h.Now, Ledger: h.Registry,
		Stuck: h.Registry, Watch: h, Reports: h, Zone: func() *time.Location { return o.zone },
		Keys: []Key{{ID: "manifest-1", Use: "manifest", PEM: "-----BEGIN PUBLIC KEY-----"}}, Limits: Limits{JSON: 1 << 16, Upload: 1 << 18},
	})
	return o
}

// Submit registers and starts a case at once.
func (o *office) Submit(ctx context.Context, in casework.Intake) (string, error) {
	in.CaseKey, in.At = uuid.NewString(), o.Now()
	in.Members = []string{pagetest.Rosa.Name}
	id, err := o.Register(ctx, in)
	if err != nil {
		return "", err
	}
	c, err := o.Load(ctx, id)
	if err != nil || c.Work.Started {
		return id, err
	}
	ch, err := c.Apply(casework.Receipt{At: o.Now(), Actor: in.Actor})
	if err != nil {
		return "", err
	}
	return id, o.Store(ctx, ch)
}

type rules struct{ *policy.Rulebook }

func (r rules) Evaluate(req casework.Request, on casework.Date, known bool) casework.Determination {
	return r.Determine(req, policy.Facts{On: on, AuthorityKnown: known})
}

// call is one call of the interface.
type call struct {
	by           casework.Actor
	method, path string
	body         any // nil, text, bytes, or what is written as JSON
	header       map[string]string
}

// answer is what came back.
type answer struct {
	*httptest.ResponseRecorder

	t *testing.T
}

func (o *office) do(c call) answer {
	o.t.Helper()
	r := httptest.NewRequestWithContext(o.t.Context(), c.method, Base+c.path, bodyIn(o.t, c.body))
	if c.by.Name != "" {
		r.Header.Set("Authorization", "Bearer token of "+c.by.Name)
	}
	for name, value := range c.header {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	o.site.ServeHTTP(w, r)
	return answer{w, o.t}
}

func bodyIn(t *testing.T, body any) io.Reader {
	t.Helper()
	switch b := body.(type) {
	case nil:
		return http.NoBody
	case string:
		return bytes.NewReader([]byte(b))
	case []byte:
		return bytes.NewReader(b)
	}
	raw, err := json.Marshal(body)
	require.NoError(t, err)
	return bytes.NewReader(raw)
}

// is checks the status and reads the body.
func (a answer) is(status int, into any) {
	a.t.Helper()
	require.Equal(a.t, status, a.Code, a.Body.String())
	if into != nil {
		require.NoError(a.t, json.Unmarshal(a.Body.Bytes(), into))
	}
}

// refused checks that it is a problem of a code and gives it.
func (a answer) refused(code casework.Code) problem {
	a.t.Helper()
	var p problem
	a.is(statuses[code], &p)
	require.Equal(a.t, code, p.Code)
	require.Equal(a.t, "application/problem+json", a.Header().Get("Content-Type"))
	require.NotEmpty(a.t, p.Detail)
	return p
}

// paths are where a problem finds faults.
func (p problem) paths() []string {
	out := []string{}
	for _, f := range p.Errors {
		out = append(out, f.Path)
	}
	return out
}

// scenario is a scenario's request as the registry's clock may take it.
func scenario(t *testing.T, name string) map[string]any {
	t.Helper()
	text, err := os.ReadFile("../../policy/testdata/cases/" + name + ".json")
	require.NoError(t, err)
	var outer struct{ Request map[string]any }
	require.NoError(t, json.Unmarshal(text, &outer))
	return outer.Request
}

// received is a case that was submitted, with what the policy says of it.
func (o *office) received() string {
	o.t.Helper()
	return o.Receive(o.t, pagetest.Request())
}

// form is a multipart body: fields, and files by the name of their part.
func form(t *testing.T, fields map[string]string, files ...[3]string) (body []byte, header map[string]string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, value := range fields {
		require.NoError(t, w.WriteField(name, value))
	}
	for _, f := range files {
		part, err := w.CreateFormFile(f[0], f[1])
		require.NoError(t, err)
		_, err = io.WriteString(part, f[2])
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.Bytes(), map[string]string{"Content-Type": w.FormDataContentType()}
}

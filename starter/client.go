package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"dueprocess/casework"
)

// connection says which front desk is spoken to, and as whom.
type connection struct {
	URL   string `help:"Address of the front desk." env:"DUEPROCESS_URL" default:"http://127.0.0.1:8080" placeholder:"URL"`
	Token string `help:"API token; by default DUEPROCESS_TOKEN." placeholder:"TOKEN" xor:"who"`
	As    string `help:"A demo user of the local mode, whose token is read from $LOCAL_DIR/tokens.json." placeholder:"NAME" xor:"who"`
}

// call is one call of the API.
type call struct {
	method, path string
	body         io.Reader
	media        string
	key, ifMatch string
	query        url.Values
}

const base = "/api/v1"

// do sends a call and gives the body of its answer. A problem comes back as the refusal that it is.
func (c connection) do(s *surroundings, sent call) ([]byte, error) {
	request, err := c.request(s, sent)
	if err != nil {
		return nil, err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, casework.Refuse(casework.Unavailable, "There is no front desk at %s. Start one (make run), or name another with --url.", c.URL).Because(err)
	}
	body, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return nil, casework.Refuse(casework.Unavailable, "The answer of %s broke off.", c.URL).Because(err)
	}
	if answer.StatusCode >= http.StatusBadRequest {
		return nil, problemIn(body, answer.Status)
	}
	if !json.Valid(body) {
		return nil, stranger("no JSON")
	}
	return body, nil
}

func (c connection) request(s *surroundings, sent call) (*http.Request, error) {
	address, err := c.address(sent)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(s.ctx, sent.method, address.String(), sent.body)
	if err != nil {
		return nil, usage{err}
	}
	token, err := c.token()
	if err != nil {
		return nil, err
	}
	for name, value := range map[string]string{"Authorization": "Bearer " + token, "Content-Type": sent.media, "Idempotency-Key": sent.key, "If-Match": sent.ifMatch} {
		if value != "" {
			request.Header.Set(name, value)
		}
	}
	return request, nil
}

// address is where a call goes. The front desk's own is looked at alone: "http://" before a path would be another host.
func (c connection) address(sent call) (*url.URL, error) {
	desk, err := url.Parse(c.URL)
	if err != nil || desk.Host == "" || desk.Scheme != "http" && desk.Scheme != "https" {
		return nil, usage{errors.New("--url must be an address such as http://127.0.0.1:8080")}
	}
	address, err := url.Parse(strings.TrimSuffix(c.URL, "/") + base + sent.path)
	if err != nil {
		return nil, usage{err}
	}
	address.RawQuery = sent.query.Encode()
	return address, nil
}

// token is that of the flags, of a demo user, or of the environment.
func (c connection) token() (string, error) {
	switch {
	case c.Token != "":
		return c.Token, nil
	case c.As != "":
		return tokenOf(c.As)
	}
	if token := os.Getenv("DUEPROCESS_TOKEN"); token != "" {
		return token, nil
	}
	return "", usage{errors.New("who are you? Give --token (or DUEPROCESS_TOKEN), or --as olivia in the local mode")}
}

// localFolder is the folder of the local mode where no other is named.
func localFolder() string { return cmp.Or(os.Getenv("LOCAL_DIR"), ".local") }

func tokenOf(name string) (string, error) {
	path := filepath.Join(localFolder(), "tokens.json")
	text, err := os.ReadFile(path) //nolint:gosec // the user names the folder
	if err != nil {
		return "", usage{fmt.Errorf("--as needs %s, which the local mode writes (make run); LOCAL_DIR names another folder", path)}
	}
	tokens := map[string]string{}
	if json.Unmarshal(text, &tokens) != nil || tokens[name] == "" {
		return "", usage{fmt.Errorf("%s has no token of %s; it has those of %s", path, name, strings.Join(sortedKeys(tokens), ", "))}
	}
	return tokens[name], nil
}

// problemIn is the refusal that an answer carries.
func problemIn(body []byte, status string) error {
	var p struct {
		Detail string           `json:"detail"`
		Code   casework.Code    `json:"code"`
		Errors []casework.Fault `json:"errors"`
	}
	if json.Unmarshal(body, &p) != nil || p.Code == "" {
		return stranger(status)
	}
	return &casework.Error{Code: p.Code, Message: p.Detail, Faults: p.Errors}
}

// stranger says that whoever answered is no front desk.
func stranger(answered string) error {
	return casework.Refuse(casework.Internal, "The server answered %s; is it a front desk of Dueprocess?", answered)
}

// printJSON prints an answer as it is, indented.
func printJSON(out io.Writer, body []byte) error {
	var b bytes.Buffer
	if err := json.Indent(&b, bytes.TrimSpace(body), "", "  "); err != nil {
		return err
	}
	_, err := fmt.Fprintln(out, escaped(b.String()))
	return err
}

// escaped writes what would steer a terminal as JSON may write it: to a program it is the same.
func escaped(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r != '\n' && steers(r) {
			fmt.Fprintf(&b, `\u%04x`, r) // all of them are below U+10000
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

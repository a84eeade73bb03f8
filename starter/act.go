package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"dueprocess/casework"
)

// actCommand acts on a case.
type actCommand struct {
	connection

	ID             string `arg:"" help:"The case." placeholder:"LR-2026-000123"`
	Action         string `arg:"" help:"What to do, such as verify_requester or review."`
	Body           string `arg:"" optional:"" help:"The file with the action's body as JSON; - reads standard input; left out: {}." placeholder:"BODY.json"`
	IfMatch        string `help:"Only if the case still has this version." placeholder:"N"`
	IdempotencyKey string `help:"The same key again does it once." placeholder:"KEY"`
	File           string `help:"A file that goes along (attach, add_records)." placeholder:"NAME=PATH"`
}

// Run does it, and prints the case as it then is.
func (c actCommand) Run(s *surroundings) error {
	if err := c.check(); err != nil {
		return err
	}
	text := []byte("{}")
	if c.Body != "" {
		var err error
		if text, err = readJSON(s, c.Body); err != nil {
			return err
		}
	}
	body, media, err := c.content(text)
	if err != nil {
		return err
	}
	answer, err := c.do(s, call{
		method: http.MethodPost, path: casePath(c.ID) + "/actions/" + url.PathEscape(c.Action), body: body, media: media, key: c.IdempotencyKey, ifMatch: quoted(c.IfMatch),
	})
	return printCaseOr(s, answer, err)
}

// check finds a mistyped action before anything is sent.
func (c actCommand) check() error {
	if casework.Action(c.Action).Valid() {
		return nil
	}
	if near := nearest(c.Action); near != "" {
		return usage{fmt.Errorf("there is no action %s; did you mean %s?", c.Action, near)}
	}
	return usage{fmt.Errorf("there is no action %s; there are: %s", c.Action, joined(casework.Actions))}
}

// content is the body to be sent: JSON, or a form where a file goes along.
func (c actCommand) content(text []byte) (body io.Reader, media string, err error) {
	if c.File == "" {
		return bytes.NewReader(text), "application/json", nil
	}
	file, err := asUpload("file", c.File, true)
	if err != nil {
		return nil, "", err
	}
	var fields map[string]string
	if json.Unmarshal(text, &fields) != nil || fields == nil {
		return nil, "", usage{errors.New("beside a file, the body's fields must be texts")}
	}
	if fields["name"] == "" && casework.Action(c.Action) == casework.Attach {
		fields["name"] = file.name
	}
	body, media = form(fields, []upload{file})
	return body, media, nil
}

func quoted(version string) string {
	if version == "" || strings.HasPrefix(version, `"`) {
		return version
	}
	return `"` + version + `"`
}

// nearest is the action that is meant most likely; empty where none is near.
func nearest(word string) string {
	word = strings.ToLower(word)
	best, least := "", 1+len(word)/3
	for _, a := range casework.Actions {
		if d := distance(word, string(a)); d <= least {
			best, least = string(a), d-1
		}
	}
	return best
}

// distance is how many letters must be changed, added or taken away (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			before, row[j+1] = row[j+1], min(before+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

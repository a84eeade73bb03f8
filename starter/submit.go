package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
)

// submitCommand submits a request.
type submitCommand struct {
	connection

	Request        string   `arg:"" help:"The request, or a scenario with one, as JSON; - reads standard input." placeholder:"REQUEST.json"`
	Attach         []string `help:"A document that came with it; may be given several times." placeholder:"FILE" sep:"none"`
	IdempotencyKey string   `help:"The same key again gives the same case." placeholder:"KEY"`
}

// Run prints the case id and nothing else.
func (c submitCommand) Run(s *surroundings) error {
	text, err := readRequest(s, c.Request)
	if err != nil {
		return err
	}
	sent := call{method: http.MethodPost, path: "/requests", key: c.IdempotencyKey, body: bytes.NewReader(text), media: "application/json"}
	if len(c.Attach) > 0 {
		files, err := uploads(c.Attach)
		if err != nil {
			return err
		}
		sent.body, sent.media = form(map[string]string{"request": string(text)}, files)
	}
	body, err := c.do(s, sent)
	if err != nil {
		return err
	}
	return printCaseID(s, body)
}

func uploads(paths []string) ([]upload, error) {
	out := make([]upload, len(paths))
	for i, path := range paths {
		file, err := asUpload("document", path, false)
		if err != nil {
			return nil, err
		}
		out[i] = file
	}
	return out, nil
}

func printCaseID(s *surroundings, body []byte) error {
	var got struct {
		CaseID string `json:"case_id"`
	}
	if json.Unmarshal(body, &got) != nil || got.CaseID == "" {
		return stranger("without a case's id")
	}
	if s.json {
		return printJSON(s.out, body)
	}
	_, err := fmt.Fprintln(s.out, oneLine(got.CaseID))
	return err
}

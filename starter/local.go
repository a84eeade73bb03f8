package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"dueprocess/casework"
)

// localCommands are for the local mode alone.
type localCommands struct {
	Advance advanceCommand `cmd:"" help:"Wind the clock of the local mode forward; every case lives through that time."`
}

// advanceCommand winds the clock.
type advanceCommand struct {
	URL string `help:"Address of the local mode." env:"DUEPROCESS_URL" default:"http://127.0.0.1:8080" placeholder:"URL"`
	By  string `arg:"" help:"A length of time, such as 240h." placeholder:"240h"`
}

// Run prints what time it is then.
func (c advanceCommand) Run(s *surroundings) error {
	if d, err := time.ParseDuration(c.By); err != nil || d <= 0 {
		return usage{errors.New("how far? Give a length of time above zero, such as 240h")}
	}
	request, err := http.NewRequestWithContext(s.ctx, http.MethodPost, strings.TrimSuffix(c.URL, "/")+"/dev/clock", strings.NewReader(`{"advance": "`+c.By+`"}`))
	if err != nil {
		return usage{err}
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return casework.Refuse(casework.Unavailable, "There is no local mode at %s. Start it (make run), or name another address with --url.", c.URL).Because(err)
	}
	defer func() { _ = answer.Body.Close() }() // only read from
	return c.tell(s, answer)
}

func (c advanceCommand) tell(s *surroundings, answer *http.Response) error {
	var said struct {
		Now    time.Time     `json:"now"`
		Cases  int           `json:"cases"`
		Code   casework.Code `json:"code"`
		Detail string        `json:"detail"`
	}
	err := json.NewDecoder(answer.Body).Decode(&said)
	switch {
	case said.Code != "":
		return casework.Refuse(said.Code, "%s", said.Detail)
	case err != nil || answer.StatusCode != http.StatusOK:
		return casework.Refuse(casework.NotFound, "%s has no clock that can be wound; only the local mode has.", c.URL)
	case s.json:
		return printValue(s.out, map[string]any{"now": said.Now, "cases": said.Cases})
	}
	_, err = fmt.Fprintf(s.out, "It is %s now; %d cases have lived through it.\n", instant(said.Now), said.Cases)
	return err
}

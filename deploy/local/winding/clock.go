package winding

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"sync"
	"time"
)

// Clock is the machine's clock and the time that was wound. It survives a restart.
type Clock struct {
	file string
	one  sync.Mutex // held while runs are wound

	mu   sync.Mutex
	kept kept
}

// kept is what the file holds: how far pages and activities are wound. How far a case's run is the workflow server knows.
type kept struct {
	Wound time.Duration `json:"wound"`
}

// Open reads the clock's file, which may not be there yet.
func Open(file string) (*Clock, error) {
	c := &Clock{file: file}
	text, err := os.ReadFile(file) //nolint:gosec // in the folder of the local mode
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return c, nil
	case err != nil:
		return nil, err
	}
	return c, json.Unmarshal(text, &c.kept)
}

// Now is the wound time.
func (c *Clock) Now() time.Time { return time.Now().Add(c.Wound()) }

// Wound is how far the clock is wound.
func (c *Clock) Wound() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.kept.Wound
}

// to winds the clock to an instant, never back.
func (c *Clock) to(at time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept.Wound = max(c.kept.Wound, time.Until(at))
	return c.write()
}

func (c *Clock) write() error {
	text, err := json.Marshal(c.kept)
	if err != nil {
		return err
	}
	if err := os.WriteFile(c.file+".new", text, 0o600); err != nil {
		return err
	}
	return os.Rename(c.file+".new", c.file)
}

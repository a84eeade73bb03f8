package mailcatcher

import (
	"os"
	"slices"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// Catcher takes mail and shows it. Its methods may be called at the same time.
type Catcher struct {
	folder folder

	mu      sync.RWMutex
	entries []entry
	byID    map[string]int // Message-ID to its place in entries
	smtp    *smtp.Server
}

// Open reads the mail that dir already holds, and makes dir where it is absent.
func Open(dir string) (*Catcher, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	entries, err := folder(dir).read()
	if err != nil {
		return nil, err
	}
	return &Catcher{folder: folder(dir), entries: entries, byID: index(entries)}, nil
}

func index(entries []entry) map[string]int {
	byID := make(map[string]int, len(entries))
	for place, kept := range entries {
		if kept.MessageID != "" {
			byID[kept.MessageID] = place
		}
	}
	return byID
}

// Messages are the caught mails in order of arrival.
func (c *Catcher) Messages() []Message {
	c.mu.RLock()
	defer c.mu.RUnlock()
	messages := make([]Message, len(c.entries))
	for i, kept := range c.entries {
		messages[i] = kept.Message
	}
	return messages
}

// keep stores a letter: a new entry, or one more delivery of a known one.
func (c *Catcher) keep(received letter) error {
	message := received.read(time.Now().UTC().Truncate(time.Millisecond))
	c.mu.Lock()
	defer c.mu.Unlock()
	if place, known := c.byID[message.MessageID]; known {
		return c.keepAgain(place, received.recipients)
	}
	return c.keepNew(entry{Number: c.nextNumber(), Message: message, Raw: received.raw})
}

func (c *Catcher) keepAgain(place int, recipients []string) error {
	kept := c.entries[place]
	kept.Message = kept.again(recipients)
	if err := c.folder.write(kept); err != nil {
		return err
	}
	c.entries[place] = kept
	return nil
}

func (c *Catcher) keepNew(fresh entry) error {
	if err := c.folder.write(fresh); err != nil {
		return err
	}
	if fresh.MessageID != "" {
		c.byID[fresh.MessageID] = len(c.entries)
	}
	c.entries = append(c.entries, fresh)
	return nil
}

func (c *Catcher) nextNumber() int {
	if len(c.entries) == 0 {
		return 1
	}
	return c.entries[len(c.entries)-1].Number + 1
}

// snapshot is a copy of the entries for a page to render.
func (c *Catcher) snapshot() []entry {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return slices.Clone(c.entries)
}

package mailcatcher

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// entry is the content of one file: the decoded message, and the mail as it came.
type entry struct {
	Number int `json:"number"` // order of arrival, from 1
	Message
	Raw []byte `json:"raw"`
}

// folder keeps entries as files, one each, named by their number.
type folder string

const suffix = ".json"

// read returns the entries in order of arrival. Names are of fixed width, so that the order of names is that of
// numbers.
func (f folder) read() ([]entry, error) {
	names, err := filepath.Glob(filepath.Join(string(f), "*"+suffix))
	if err != nil {
		return nil, err
	}
	entries := make([]entry, len(names))
	for i, name := range names {
		if entries[i], err = readEntry(name); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

func readEntry(name string) (found entry, err error) {
	content, err := os.ReadFile(filepath.Clean(name))
	if err != nil {
		return found, err
	}
	if err := json.Unmarshal(content, &found); err != nil {
		return found, fmt.Errorf("%s is not a caught mail: %w", name, err)
	}
	return found, nil
}

// write puts an entry's file in place in one step: after a crash the old content is there or the new.
func (f folder) write(kept entry) error {
	content, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	name := filepath.Join(string(f), fmt.Sprintf("%08d%s", kept.Number, suffix))
	if err := writeSynced(name+".new", content); err != nil {
		return err
	}
	if err := os.Rename(name+".new", name); err != nil {
		return err
	}
	return syncFolder(string(f))
}

func writeSynced(name string, content []byte) error {
	file, err := os.OpenFile(filepath.Clean(name), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	return errors.Join(err, file.Sync(), file.Close())
}

// syncFolder makes a rename last.
func syncFolder(name string) error {
	dir, err := os.Open(filepath.Clean(name))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

package temporalserver

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"go.temporal.io/server/common/headers"
)

// unfinished stands before the version while the file is being set up.
const unfinished = "unfinished "

// version is that of the embedded server. SQLite files have no schema migration and no version check of their own,
// so it is recorded beside the file.
func version() string { return headers.ServerVersion }

func versionFile(file string) string { return file + ".version" }

// checkVersion refuses a file made by another version of the server. It answers whether its set-up was finished: until
// then it holds nothing.
func checkVersion(file string) (finished bool, err error) {
	note, err := os.ReadFile(versionFile(file))
	if errors.Is(err, fs.ErrNotExist) {
		return false, fmt.Errorf("%s has no version record %s, so it is not known which server wrote it: move it away to start anew",
			file, versionFile(file))
	}
	if err != nil {
		return false, err
	}
	return judgeVersion(file, strings.TrimSpace(string(note)))
}

func judgeVersion(file, written string) (finished bool, err error) {
	if strings.HasPrefix(written, unfinished) {
		return false, nil
	}
	if written != version() {
		return false, fmt.Errorf("%s was written by Temporal server %s and this is %s, which cannot upgrade it: run the earlier release, or move the file away to start anew",
			file, written, version())
	}
	return true, nil
}

// recordVersion replaces the record in one step that survives a crash.
func recordVersion(file, note string) error {
	draft, err := os.OpenFile(versionFile(file)+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = draft.WriteString(note + "\n")
	if err := errors.Join(err, draft.Sync(), draft.Close()); err != nil {
		return err
	}
	return os.Rename(draft.Name(), versionFile(file))
}

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dueprocess/intake"
)

// readJSON reads a JSON file ("-": standard input), or says what it is instead.
func readJSON(s *surroundings, path string) ([]byte, error) {
	text, err := readFile(s, path)
	if err != nil {
		return nil, err
	}
	if json.Valid(text) {
		return text, nil
	}
	return nil, usage{fmt.Errorf("%s is not JSON: %s", path, whatItIs(text))}
}

func readFile(s *surroundings, path string) ([]byte, error) {
	if path == "-" {
		return io.ReadAll(s.in)
	}
	text, err := os.ReadFile(path) //nolint:gosec // the user names the file
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, usage{fmt.Errorf("there is no file %s", path)}
	case err != nil:
		return nil, usage{fmt.Errorf("%s cannot be read: it must be a file", path)}
	}
	return text, nil
}

// readRequest reads a request, or an object with a top-level request.
func readRequest(s *surroundings, path string) ([]byte, error) {
	text, err := readJSON(s, path)
	return intake.Unwrap(text), err
}

// whatItIs says what a file seems to be that is not JSON.
func whatItIs(text []byte) string {
	media := http.DetectContentType(text)
	switch {
	case len(bytes.TrimSpace(text)) == 0:
		return "it is empty"
	case strings.HasPrefix(media, "text/"):
		if wrong, ok := errors.AsType[*json.SyntaxError](json.Unmarshal(text, new(any))); ok {
			line := 1 + bytes.Count(text[:max(0, min(int(wrong.Offset), len(text))-1)], []byte("\n")) // the last byte read is the wrong one
			return fmt.Sprintf("%v (line %d)", wrong, line)
		}
		return "it is text"
	case media == "application/pdf":
		return "it is a PDF; give the request's facts as JSON, and the paper with --attach"
	}
	return "it seems to be " + media
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

// upload is a file that goes along.
type upload struct{ part, name, path string }

// asUpload takes PATH, or NAME=PATH where named.
func asUpload(part, text string, named bool) (upload, error) {
	name, path, found := strings.Cut(text, "=")
	if !named || !found {
		name, path = filepath.Base(text), text
	}
	info, err := os.Stat(path)
	if err != nil || info.IsDir() {
		return upload{}, usage{fmt.Errorf("there is no file %s", path)}
	}
	return upload{part: part, name: name, path: path}, nil
}

package api

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"dueprocess/casework"
)

// give answers 200 with v as JSON.
func give(w http.ResponseWriter, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	write(w, http.StatusOK, body)
	return nil
}

func write(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n')) // the client is gone
}

func etag(version int) string { return `"` + strconv.Itoa(version) + `"` }

// ifMatch reads the version that the caller saw; 0: none was sent, or any will do.
func ifMatch(r *http.Request) (int, error) {
	header := strings.TrimSpace(r.Header.Get("If-Match"))
	if header == "" || header == "*" {
		return 0, nil
	}
	version, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(header, "W/"), `"`))
	if err != nil || version < 1 {
		return 0, casework.Faulty([]casework.Fault{{Path: "If-Match", Message: `must be a version as the ETag gives it, such as "7"`}})
	}
	return version, nil
}

// number reads a running number out of the address; what is none is nothing that exists.
func number(r *http.Request, name string) (int, error) {
	n, err := strconv.Atoi(r.PathValue(name))
	if err != nil || n < 1 {
		return 0, casework.Refuse(casework.NotFound, "There is nothing of that number.")
	}
	return n, nil
}

package winding

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

const (
	longest  = 10 * 365 * 24 * time.Hour
	patience = time.Minute
	maxBody  = 1 << 10
)

// Handler serves /dev/clock: GET tells the time, POST {"advance": "240h"} winds.
func (w Winder) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /dev/clock", func(out http.ResponseWriter, _ *http.Request) {
		answer(out, http.StatusOK, map[string]any{"now": w.Clock.Now().UTC(), "wound": w.Clock.Wound().String()})
	})
	mux.HandleFunc("POST /dev/clock", func(out http.ResponseWriter, r *http.Request) {
		w.Clock.one.Lock()
		defer w.Clock.one.Unlock()
		w.advance(out, r)
	})
	return http.NewCrossOriginProtection().Handler(mux)
}

func (w Winder) advance(out http.ResponseWriter, r *http.Request) {
	var asked struct {
		Advance string `json:"advance"`
	}
	decoder := json.NewDecoder(http.MaxBytesReader(out, r.Body, maxBody))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(&asked)
	d, wrong := time.ParseDuration(asked.Advance)
	if err != nil || wrong != nil || d <= 0 || d > longest {
		refuse(out, http.StatusBadRequest, "invalid", `Send {"advance": "240h"}: a length of time, above zero, at most ten years.`)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	cases, err := w.Wind(ctx, d)
	if err != nil {
		refuse(out, http.StatusServiceUnavailable, "unavailable", err.Error())
		return
	}
	answer(out, http.StatusOK, map[string]any{"now": w.Clock.Now().UTC(), "cases": cases})
}

func refuse(out http.ResponseWriter, status int, code, detail string) {
	out.Header().Set("Content-Type", "application/problem+json")
	out.WriteHeader(status)
	_ = json.NewEncoder(out).Encode(map[string]any{"type": "about:blank", "title": http.StatusText(status), "status": status, "code": code, "detail": detail}) // the client is gone
}

func answer(out http.ResponseWriter, status int, v any) {
	out.Header().Set("Content-Type", "application/json")
	out.WriteHeader(status)
	_ = json.NewEncoder(out).Encode(v) // the client is gone
}

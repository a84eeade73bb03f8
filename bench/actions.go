package main

import (
	"context"
	"os"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/keys"
)

// actions is what it costs to say of each case of a page what may be done to it: the cases are opened for that. It needs
// the key file of each database: BENCH_KEY_FILE, by commas too.
func actions() ([]figure, error) {
	files := os.Getenv("BENCH_KEY_FILE")
	all, shut, err := offices()
	if err != nil || len(all) == 0 || files == "" {
		return nil, err
	}
	defer shut()
	for i, file := range strings.Split(files, ",") {
		if err := all[i].unlock(file); err != nil {
			return nil, err
		}
	}
	bare, err := beside(all, func(o *office) error { _, err := o.page(); return err })
	if err != nil {
		return nil, err
	}
	took, err := beside(all, (*office).withActions)
	if err != nil {
		return nil, err
	}
	var out []figure
	for i, o := range all {
		out = append(out, figure{
			What: o.of("queue: a page with allowed actions", took[i]), Unit: "ms", Value: milliseconds(took[i].p95), Baseline: milliseconds(bare[i].p95), Against: "the page without",
			Ratio: ratio(took[i].p95, bare[i].p95), Aim: "≤ 50 ms", Met: took[i].p95 <= 50*time.Millisecond,
		})
	}
	return append(out, growth("queue: a page with allowed actions", all, took)...), nil
}

// unlock gives the office its keys.
func (o *office) unlock(file string) error {
	secrets, err := keys.Load(file)
	if err != nil {
		return err
	}
	ring, err := keys.NewRing(secrets, o)
	if err == nil {
		o.UseSealer(ring)
	}
	return err
}

func (o *office) page() ([]string, error) {
	list, err := o.Cases(context.Background(), casework.CaseQuery{Open: true, Sort: "due"}, reader)
	ids := make([]string, len(list.Cases))
	for i, c := range list.Cases {
		ids[i] = c.ID
	}
	return ids, err
}

func (o *office) withActions() error {
	ids, err := o.page()
	if err != nil {
		return err
	}
	whole, err := o.Whole(context.Background(), ids, reader)
	for _, c := range whole {
		_ = c.Allowed(reader, o.now)
	}
	return err
}

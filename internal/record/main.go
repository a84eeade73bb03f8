// Command record writes the history of every path of a case on a real workflow server, for the replay test:
//
//	go run ./internal/record bin/local workflows/testdata/histories
//
// A history once recorded is never written again: a change of what a case does by itself gets a new behaviour in
// casework (or a new version in workflows) and a new path here, and all are replayed in every build.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/temporalproto"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"dueprocess/activities"
	"dueprocess/workflows"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: record LOCAL-PROGRAM FOLDER")
		os.Exit(2)
	}
	if err := record(context.Background(), os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "record:", err)
		os.Exit(1)
	}
}

func record(ctx context.Context, local, folder string) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute) // ends the server too
	defer cancel()
	address, stop, err := startServer(ctx, local)
	if err != nil {
		return err
	}
	defer stop()
	c, err := client.DialContext(ctx, client.Options{HostPort: address})
	if err != nil {
		return err
	}
	defer c.Close()
	for _, p := range paths {
		file := filepath.Join(folder, p.name+".json")
		if _, err := os.Stat(file); err == nil {
			continue // recorded once is recorded for ever
		}
		if err := one(ctx, c, p, file); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		fmt.Println("recorded", p.name)
	}
	return nil
}

// startServer runs the workflow server alone, in a folder that is thrown away, until the context ends.
func startServer(ctx context.Context, local string) (address string, stop func(), err error) {
	dir, err := os.MkdirTemp("", "record")
	if err != nil {
		return "", nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	server := exec.CommandContext(ctx, local, "temporal", "--dir", dir)
	server.Stderr = os.Stderr
	out, err := server.StdoutPipe()
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		cancel()
		return "", nil, err
	}
	stop = func() {
		cancel()
		_ = server.Wait() // it was told to go
	}
	var said struct {
		Address string `json:"address"`
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &said)
	}
	return said.Address, stop, err
}

// one walks a path with a worker of its own and writes the history.
func one(ctx context.Context, c client.Client, p path, file string) error {
	o := newOffice(ctx, c, p)
	w := worker.New(c, o.queue, worker.Options{})
	w.RegisterWorkflowWithOptions(workflows.Case, workflow.RegisterOptions{Name: workflows.CaseWorkflow})
	w.RegisterActivity(activities.New(o.world()))
	if err := w.Start(); err != nil {
		return err
	}
	defer w.Stop()
	if err := o.start(); err != nil {
		return err
	}
	if err := p.walk(o); err != nil {
		return err
	}
	return write(ctx, c, o.id, file)
}

func write(ctx context.Context, c client.Client, id, file string) error {
	events := c.GetWorkflowHistory(ctx, id, "", false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	h := &historypb.History{}
	for events.HasNext() {
		e, err := events.Next()
		if err != nil {
			return err
		}
		h.Events = append(h.Events, e)
	}
	text, err := temporalproto.CustomJSONMarshalOptions{Indent: " "}.Marshal(h)
	if err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o600)
}

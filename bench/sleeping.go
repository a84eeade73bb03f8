package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"golang.org/x/sync/errgroup"

	"dueprocess/activities"
	"dueprocess/casework"
	"dueprocess/internal/fakes"
	"dueprocess/workflows"
)

// How many open cases sleep on one worker (BENCH_OPEN), how many of them have a deadline that comes near while they are
// measured, and how many the worker keeps in its memory at most.
const (
	openCases  = 100_000
	oneInSoon  = 100
	cachedRuns = 1000
	starters   = 48
	ahead      = 500 // how many starts may wait for the worker
	perStart   = 40 * time.Millisecond
)

// sleeping is what open cases cost that wait for their deadlines: timers in the server, memory in the worker.
func sleeping() ([]figure, error) {
	n := openCases
	if text := os.Getenv("BENCH_OPEN"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil {
			return nil, err
		}
	}
	address, stop, err := workflowServer()
	if err != nil {
		return nil, err
	}
	defer stop()
	c, err := client.Dial(client.Options{HostPort: address, Logger: log.NewStructuredLogger(slog.New(slog.DiscardHandler))})
	if err != nil {
		return nil, err
	}
	defer c.Close()
	d := &dormitory{client: c, warned: make(chan struct{}, n)}
	return d.measure(n)
}

// workflowServer starts the embedded server as a process of its own, so that its memory is not counted.
func workflowServer() (address string, stop func(), err error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return "", nil, err
	}
	server := exec.CommandContext(context.Background(), "bin/local", "temporal", "--dir", dir, "--no-ui") //nolint:gosec // our own program
	out, err := server.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := server.Start(); err != nil {
		return "", nil, fmt.Errorf("the programs are built by make build: %w", err)
	}
	stop = func() { _, _, _ = server.Process.Signal(syscall.SIGTERM), server.Wait(), os.RemoveAll(dir) }
	line, err := bufio.NewReader(out).ReadBytes('\n')
	var said struct {
		Address string `json:"address"`
	}
	if err == nil {
		err = json.Unmarshal(line, &said)
	}
	if err != nil {
		stop()
	}
	return said.Address, stop, err
}

// dormitory is a registry that keeps nothing: every case is the same, in legal review, with its deadlines ahead.
type dormitory struct {
	casework.CaseStore

	client client.Client
	began  time.Time
	last   int       // the first of the last cases, which come near a deadline
	near   time.Time // when they do
	loads  atomic.Int64
	stores atomic.Int64
	warned chan struct{}
}

// Load makes a case out of its id: the last ones warn of a deadline within the time measured.
func (d *dormitory) Load(_ context.Context, id string) (casework.Case, error) {
	d.loads.Add(1)
	n, _ := strconv.Atoi(id[len("sleeping-"):])
	received := d.began.AddDate(0, 0, -20)
	c := casework.Case{View: casework.View{ID: id, Stage: casework.InLegalReview, ReceivedAt: received, Determination: &casework.Determination{}}}
	c.Work.Started, c.Work.ResolvedOnce, c.Work.Step, c.Work.VerifiedAt, c.Work.AcknowledgedAt = true, true, 9, &received, &received
	due := d.began.AddDate(0, 0, 12)
	if n >= d.last {
		due = d.near.AddDate(0, 0, 2) // it warns two days before
	}
	for i, kind := range []casework.DeadlineKind{casework.DueReview, casework.DueRespond, casework.DueComityMotion, casework.DueObject} {
		at := due.AddDate(0, 0, i)
		c.Deadlines = append(c.Deadlines, casework.Deadline{Kind: kind, Date: casework.DateOf(at, time.UTC), Due: at, Zone: "UTC", State: casework.OnTrack})
	}
	return c, nil
}

// Store counts.
func (d *dormitory) Store(_ context.Context, ch casework.Change) error {
	d.stores.Add(1)
	for _, e := range ch.Events {
		if e.Verb == casework.DeadlineWarned {
			d.warned <- struct{}{}
		}
	}
	return nil
}

func (d *dormitory) measure(n int) ([]figure, error) {
	d.began, d.last = time.Now().UTC(), n-n/oneInSoon
	worker.SetStickyWorkflowCacheSize(cachedRuns)
	w := worker.New(d.client, "sleeping", worker.Options{})
	w.RegisterWorkflowWithOptions(workflows.Case, workflow.RegisterOptions{Name: workflows.CaseWorkflow})
	w.RegisterActivity(activities.New(activities.World{Store: d, Policy: &fakes.Policy{}, Now: time.Now}))
	if err := w.Start(); err != nil {
		return nil, err
	}
	defer w.Stop()
	if err := d.fill(0, cachedRuns); err != nil {
		return nil, err
	}
	cached := heap()
	if err := d.fill(cachedRuns, d.last); err != nil {
		return nil, err
	}
	asleep := time.Since(d.began)
	d.near = time.Now().UTC().Add(time.Duration(n-d.last)*perStart + 10*time.Second)
	before := d.stores.Load()
	if err := d.fill(d.last, n); err != nil {
		return nil, err
	}
	full := heap()
	fired, err := d.awaitWarnings(n - d.last)
	if err != nil {
		return nil, err
	}
	timers, err := d.timersOf("sleeping-1")
	return []figure{
		{What: fmt.Sprintf("clocks: %d open cases, worker's heap", n), Unit: "MiB", Value: full, Baseline: cached, Against: fmt.Sprintf("%d open cases", cachedRuns), Ratio: full / cached, Aim: "≤ 1.5 ×", Met: full/cached <= 1.5},
		{What: "clocks: timers set per open case of four deadlines", Unit: "", Value: float64(timers), Aim: "1", Met: timers == 1},
		{What: fmt.Sprintf("clocks: timers that fired when %d of them came near a deadline", n-d.last), Unit: "", Value: float64(d.stores.Load() - before), Baseline: float64(fired), Against: "cases that came near one", Ratio: float64(d.stores.Load()-before) / float64(fired), Aim: "1 ×", Met: int(d.stores.Load()-before) == fired},
		{What: "clocks: cases put to sleep", Unit: "a second", Value: float64(d.last) / asleep.Seconds(), Aim: "–", Met: true},
	}, err
}

// fill starts cases and waits until each has set its clock.
func (d *dormitory) fill(from, to int) error {
	var starting errgroup.Group
	starting.SetLimit(starters)
	for i := from; i < to; i++ {
		if i%ahead == 0 {
			if err := d.awaitLoads(int64(i - ahead)); err != nil {
				return err
			}
		}
		starting.Go(func() error {
			id := "sleeping-" + strconv.Itoa(i)
			_, err := d.client.ExecuteWorkflow(context.Background(), client.StartWorkflowOptions{ID: id, TaskQueue: "sleeping"}, workflows.CaseWorkflow, workflows.Start{Case: id})
			return err
		})
	}
	if err := starting.Wait(); err != nil {
		return err
	}
	return d.awaitLoads(int64(to))
}

// awaitLoads waits until so many cases have been read by their runs; it gives up where none is for two minutes.
func (d *dormitory) awaitLoads(wanted int64) error {
	for seen, since := d.loads.Load(), time.Now(); seen < wanted; {
		time.Sleep(50 * time.Millisecond)
		if now := d.loads.Load(); now != seen {
			seen, since = now, time.Now()
		}
		if time.Since(since) > 2*time.Minute {
			return fmt.Errorf("only %d of %d cases have gone to sleep", seen, wanted)
		}
	}
	return nil
}

// awaitWarnings waits until every case that comes near a deadline has said so.
func (d *dormitory) awaitWarnings(wanted int) (int, error) {
	limit := time.After(time.Until(d.near) + 2*time.Minute)
	for heard := range wanted {
		select {
		case <-d.warned:
		case <-limit:
			return heard, fmt.Errorf("only %d of %d warnings came", heard, wanted)
		}
	}
	return wanted, nil
}

// timersOf counts the timers that a case has set.
func (d *dormitory) timersOf(id string) (n int, err error) {
	events := d.client.GetWorkflowHistory(context.Background(), id, "", false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		e, err := events.Next()
		if err != nil {
			return n, err
		}
		if e.GetEventType() == enums.EVENT_TYPE_TIMER_STARTED {
			n++
		}
	}
	return n, nil
}

// heap is what is alive in this process, in MiB.
func heap() float64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

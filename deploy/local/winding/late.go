package winding

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.temporal.io/api/serviceerror"
)

const (
	mostNamed = 20
	lookBack  = 5 * time.Second // for all of them
)

// late names the cases that have not arrived, where a wind was given up; what else went wrong is said as it is.
func (w Winder) late(ctx context.Context, due []string, why error) error {
	if ctx.Err() == nil && !errors.As(why, new(*serviceerror.DeadlineExceeded)) { // the server's clock may be the faster one
		return why
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookBack)
	defer cancel()
	var named []string
	more := 0
	for _, id := range due {
		switch how := w.lateness(ctx, id); {
		case how == "":
		case len(named) < mostNamed:
			named = append(named, id+" ("+how+")")
		default:
			more++
		}
	}
	if len(named) == 0 {
		return errors.New("every case has arrived by now, but not in time. Wind on")
	}
	return errors.New(sentenceOf(named, more))
}

// lateness is in which way a case has not arrived; empty: it has.
func (w Winder) lateness(ctx context.Context, id string) string {
	c, calm, err := w.calm(ctx, id)
	by, away := w.behind(ctx, id)
	switch {
	case err != nil || away != nil:
		return "it cannot be looked at"
	case by > near:
		return "its run is " + by.Round(time.Second).String() + " behind"
	case !calm:
		return where(c)
	}
	return ""
}

func sentenceOf(named []string, more int) string {
	all := strings.Join(named, "; ")
	if more > 0 {
		all += fmt.Sprintf("; and %d more", more)
	}
	return "Not every case has arrived: " + all + "."
}

package paper

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"dueprocess/casework"
)

// engine reads PDFs in WebAssembly: each in an instance of its own, that is thrown away after one look and ended where it
// takes too long. It has no files, and its memory is bounded.
type engine struct {
	limits Limits
	once   sync.Once
	made   chan struct{} // closed when pool or err is there
	pool   pdfium.Pool
	err    error
}

// wasmPages are how many pages of WebAssembly's memory a mebibyte has.
const wasmPages = 16

// begin makes the engine, once, beside whatever else goes on. That takes seconds, on a machine with much else to do many.
func (e *engine) begin() { e.once.Do(func() { go e.make() }) }

// ready waits until the engine is made: whoever cannot wait so long is told to come again, and it goes on.
func (e *engine) ready(ctx context.Context) error {
	e.begin()
	select {
	case <-e.made:
		if e.err != nil {
			return errNotReady.Because(e.err)
		}
		return nil
	case <-ctx.Done():
		return errNotReady.Because(ctx.Err())
	}
}

func (e *engine) make() {
	defer close(e.made)
	e.pool, e.err = webassembly.Init(webassembly.Config{
		Context:  experimental.WithCompilationWorkers(context.Background(), runtime.GOMAXPROCS(0)),
		MaxTotal: e.limits.AtOnce, FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
		RuntimeConfig: wazero.NewRuntimeConfig().WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
			WithCloseOnContextDone(true).WithMemoryLimitPages(e.limits.Memory * wasmPages),
	})
}

// pages is how many a PDF has, or why it cannot be shown.
func (e *engine) pages(ctx context.Context, document []byte) (n int, why string, err error) {
	err = e.with(ctx, document, func(instance pdfium.Pdfium, doc references.FPDF_DOCUMENT) error {
		count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc})
		if err == nil {
			n = count.PageCount
		}
		return err
	})
	if err != nil && casework.CodeOf(err) == casework.Unavailable {
		return 0, "", err
	}
	if why = whyNot(n, err); why != "" {
		return 0, why, nil
	}
	return n, "", nil
}

// whyNot is why a PDF of so many pages cannot be shown; empty: it can.
func whyNot(n int, err error) string {
	switch {
	case errors.Is(err, errSlow):
		return "It takes too long to be read. It can be downloaded."
	case err != nil || n < 1:
		return "It is a damaged PDF, or one that is locked with a password. It can be downloaded."
	}
	return ""
}

// picture is one page of a PDF.
func (e *engine) picture(ctx context.Context, document []byte, page int) (out []byte, err error) {
	err = e.with(ctx, document, func(instance pdfium.Pdfium, doc references.FPDF_DOCUMENT) error {
		made, err := instance.RenderPageInPixels(&requests.RenderPageInPixels{
			Page: requests.Page{ByIndex: &requests.PageByIndex{Document: doc, Index: page - 1}}, Width: e.limits.Side, Height: e.limits.Side,
		})
		if err != nil {
			return err
		}
		defer made.Cleanup()
		out, err = encoded(made.Result.RenderedImage)
		return err
	})
	switch {
	case err == nil:
		return out, nil
	case casework.CodeOf(err) == casework.Unavailable:
		return nil, err
	}
	return nil, errNoPage.Because(err)
}

var (
	errNotReady = casework.Refuse(casework.Unavailable, "What shows documents is being made ready. Load the page again in a moment.")
	errSlow     = casework.Refuse(casework.NotFound, "The document takes too long to be read.")
	errBroken   = casework.Refuse(casework.NotFound, "The document cannot be read.")
)

// with opens a PDF in an instance of its own and does something with it, in the time that there is.
func (e *engine) with(ctx context.Context, document []byte, do func(pdfium.Pdfium, references.FPDF_DOCUMENT) error) error {
	ctx, cancel := context.WithTimeout(ctx, e.limits.Patience)
	defer cancel()
	if err := e.ready(ctx); err != nil {
		return err
	}
	instance, err := e.pool.GetInstanceWithContext(ctx)
	if err != nil {
		return errSlow.Because(err)
	}
	done := make(chan error, 1)
	go func() { done <- guarded(instance, document, do) }()
	select {
	case err := <-done:
		_ = instance.Close() // it is thrown away
		return err
	case <-ctx.Done():
		_ = instance.Kill() // what it was doing ends with it
		return errSlow.Because(ctx.Err())
	}
}

// guarded does it, and takes a panic for a broken document.
func guarded(instance pdfium.Pdfium, document []byte, do func(pdfium.Pdfium, references.FPDF_DOCUMENT) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errBroken.Because(fmt.Errorf("%v", p))
		}
	}()
	opened, err := instance.OpenDocument(&requests.OpenDocument{File: &document})
	if err != nil {
		return errBroken.Because(err)
	}
	return do(instance, opened.Document)
}

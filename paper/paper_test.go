package paper

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

var reader = New(Usual)

// written is a PDF of so many pages, of which the first has something on it; it would run a script where scripts ran.
func written(t testing.TB, pages int) []byte {
	t.Helper()
	f := fpdf.New("P", "mm", "A4", "")
	f.SetJavascript("app.alert('opened')")
	f.SetFont("Helvetica", "", 40)
	for range pages {
		f.AddPage()
		f.Text(20, 40, "SEARCH WARRANT")
	}
	out := bytes.Buffer{}
	require.NoError(t, f.Output(&out))
	return out.Bytes()
}

func TestThePagesOfAPDFAreSeen(t *testing.T) {
	t.Parallel()
	warm(t)
	document := written(t, 3)
	seen, err := reader.Look(t.Context(), document, "application/pdf")
	require.NoError(t, err)
	require.Equal(t, casework.Sheets{Kind: casework.SheetPDF, Pages: 3, Whole: 3}, seen)
	b, err := reader.Picture(t.Context(), document, 3)
	require.NoError(t, err)
	picture, err := png.Decode(bytes.NewReader(b))
	require.NoError(t, err)
	require.Equal(t, Usual.Side, picture.Bounds().Dy())
	require.True(t, isWrittenOn(picture), "the page is blank")
	_, err = reader.Picture(t.Context(), document, 4)
	require.Equal(t, casework.NotFound, casework.CodeOf(err))
}

func isWrittenOn(p image.Image) bool {
	for y := range p.Bounds().Dy() {
		for x := range p.Bounds().Dx() {
			if r, _, _, _ := p.At(x, y).RGBA(); r < 0x4000 {
				return true
			}
		}
	}
	return false
}

// What is not what it says, or cannot be read, says so in a sentence; nothing of it fails.
func TestWhatCannotBeShownSaysWhy(t *testing.T) {
	t.Parallel()
	warm(t)
	whole := written(t, 2)
	for name, x := range map[string]struct {
		document []byte
		named    string
		why      string
		other    bool
	}{
		"nothing":               {nil, "application/pdf", "no PDF, no picture and no plain text", true},
		"a program":             {[]byte("MZ\x90\x00\x03\x00\x00\x00"), "application/pdf", "no PDF, no picture", true},
		"half a PDF":            {whole[:40], "application/pdf", "damaged PDF", false},
		"a PDF's head alone":    {[]byte("%PDF-1.7\n"), "application/pdf", "damaged PDF", false},
		"a broken picture":      {[]byte("\x89PNG\r\n\x1a\nnothing"), "image/png", "none that can be read", false},
		"a picture like a wall": {wall(), "image/png", "larger than is shown", false},
		"a text named a PDF":    {[]byte("<script>alert(1)</script>"), "application/pdf", "", true},
		"a PDF named a text":    {whole, "text/plain", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seen, err := reader.Look(t.Context(), x.document, x.named)
			require.NoError(t, err)
			require.Equal(t, x.other, seen.Other)
			if x.why == "" {
				require.Empty(t, seen.Why)
				return
			}
			require.Contains(t, seen.Why, x.why)
			require.Zero(t, seen.Pages)
			_, err = reader.Picture(t.Context(), x.document, 1)
			require.Equal(t, casework.NotFound, casework.CodeOf(err))
		})
	}
}

// wall is a small file that says it is a picture of a hundred thousand pixels by as many.
func wall() []byte {
	out := bytes.Buffer{}
	_ = png.Encode(&out, image.NewGray(image.Rect(0, 0, 1, 1)))
	b := out.Bytes()
	copy(b[16:], []byte{0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0})
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

func TestAPictureIsMadeAnewAndNoLarger(t *testing.T) {
	t.Parallel()
	out := bytes.Buffer{}
	require.NoError(t, jpeg.Encode(&out, image.NewGray(image.Rect(0, 0, 3000, 1500)), nil))
	b, err := reader.Picture(t.Context(), append(out.Bytes(), "<script>"...), 1)
	require.NoError(t, err)
	require.NotContains(t, string(b), "<script>")
	c, err := png.DecodeConfig(bytes.NewReader(b))
	require.NoError(t, err)
	require.Equal(t, [2]int{Usual.Side, Usual.Side / 2}, [2]int{c.Width, c.Height})
}

func TestATextIsShownAsFarAsThereIsRoom(t *testing.T) {
	t.Parallel()
	seen, err := reader.Look(t.Context(), []byte("a warrant"), "text/plain")
	require.NoError(t, err)
	require.Equal(t, casework.Sheets{Kind: casework.SheetText, Text: "a warrant"}, seen)
	seen, err = reader.Look(t.Context(), []byte(strings.Repeat("ü", Usual.Text)), "text/plain")
	require.NoError(t, err)
	require.True(t, seen.Cut)
	require.Len(t, seen.Text, Usual.Text)
}

// More pages than are shown, and more bytes than are read, are said.
func TestBoundsAreSaid(t *testing.T) {
	t.Parallel()
	l := Usual
	l.Pages, l.Size = 2, 1<<20
	small := New(l)
	require.NoError(t, small.pdf.ready(t.Context()))
	seen, err := small.Look(t.Context(), written(t, 3), "application/pdf")
	require.NoError(t, err)
	require.Equal(t, [2]int{2, 3}, [2]int{seen.Pages, seen.Whole})
	_, err = small.Picture(t.Context(), written(t, 3), 3)
	require.Equal(t, casework.NotFound, casework.CodeOf(err))
	seen, err = small.Look(t.Context(), bytes.Repeat([]byte("%PDF-"), 1<<20), "application/pdf")
	require.NoError(t, err)
	require.Contains(t, seen.Why, "larger than 1 MiB")
}

// Whoever waits too long for a turn is told to come again; a document that takes too long ends with its time.
func TestTooManyAndTooLong(t *testing.T) {
	t.Parallel()
	l := Usual
	l.AtOnce, l.Patience = 1, 10*time.Millisecond
	busy := New(l)
	busy.turns <- struct{}{}
	_, err := busy.Look(t.Context(), []byte("text"), "text/plain")
	require.Equal(t, casework.Unavailable, casework.CodeOf(err))
	warm(t)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, why, err := reader.pdf.pages(ended, written(t, 1))
	require.True(t, strings.Contains(why, "too long") || casework.CodeOf(err) == casework.Unavailable)
	_, err = reader.Picture(t.Context(), written(t, 1), 1)
	require.NoError(t, err, "the next one is read as ever")
}

// Who comes before PDFs can be read is told to come again; it becomes ready all the same.
func TestWhoComesTooEarlyIsToldToComeAgain(t *testing.T) {
	t.Parallel()
	l := Usual
	l.Patience = time.Millisecond
	early := New(l)
	_, err := early.Look(t.Context(), written(t, 1), "application/pdf")
	require.Equal(t, casework.Unavailable, casework.CodeOf(err))
	<-early.pdf.made
	require.NoError(t, early.pdf.err)
}

// A reader that is prepared becomes ready though nobody looks, and is prepared once.
func TestAPreparedReaderBecomesReadyByItself(t *testing.T) {
	t.Parallel()
	r := New(Usual)
	r.Prepare()
	r.Prepare()
	<-r.pdf.made
	require.NoError(t, r.pdf.err)
}

// warm waits until PDFs can be read, however busy the machine is.
func warm(t testing.TB) {
	t.Helper()
	require.NoError(t, reader.pdf.ready(context.WithoutCancel(t.Context())))
}

// Nothing that is sent makes a look fail otherwise than by a sentence.
func FuzzLook(f *testing.F) {
	warm(f)
	whole := written(f, 1)
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>"))
	f.Add(wall())
	f.Add([]byte("GIF89a"))
	f.Fuzz(func(t *testing.T, document []byte) {
		seen, err := reader.Look(t.Context(), document, "application/pdf")
		require.NoError(t, err)
		if b, err := reader.Picture(t.Context(), document, 1); err == nil {
			require.NotZero(t, seen.Pages)
			_, err = png.DecodeConfig(bytes.NewReader(b))
			require.NoError(t, err)
		} else {
			require.Equal(t, casework.NotFound, casework.CodeOf(err))
		}
	})
}

package parcel

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"time"
)

// longestRow bounds one row in memory, in bytes.
const longestRow = 32 << 20

var errLongRow = errors.New("has a row that is too long")

// tally is what the rows of one file come to.
type tally struct {
	rows    int
	days    days
	undated int // rows whose "at" is no instant
	fault   string
}

// tallyOf reads a file of records: CSV with a header, or one JSON object a line; other forms are not read.
func tallyOf(name string, r io.Reader) *tally {
	t := &tally{days: days{hours: map[int64]span{}}}
	var err error
	switch path.Ext(name) {
	case ".csv":
		err = t.csv(r)
	case ".jsonl":
		err = t.jsonl(r)
	default:
		return nil
	}
	if err != nil {
		t.fault = fmt.Sprintf("cannot be read after row %d", t.rows)
	}
	return t
}

// csv reads a header and counts rows; every row must have as many cells as the header.
func (t *tally) csv(in io.Reader) error {
	budget := &rowBudget{r: in, left: longestRow}
	r := csv.NewReader(budget)
	r.ReuseRecord = true
	head, err := r.Read()
	if err != nil {
		return err
	}
	at := slices.Index(head, "at")
	for {
		budget.left = longestRow
		cells, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case at < 0:
			t.rows++
		default:
			t.row(cells[at])
		}
	}
}

// jsonl counts the lines, each of them an object.
func (t *tally) jsonl(in io.Reader) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, longestRow)
	for lines.Scan() {
		var row struct {
			At string `json:"at"`
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return err
		}
		t.row(row.At)
	}
	return lines.Err()
}

// row counts one row; an empty "at" is a row without a date.
func (t *tally) row(at string) {
	t.rows++
	if at == "" {
		return
	}
	instant, err := time.Parse(time.RFC3339, at)
	if err != nil {
		t.undated++
		return
	}
	t.days.add(instant.UTC())
}

// faults says what is wrong with the rows, given the ranges that the manifest allows.
func (t *tally) faults(windows []window) (out []string) {
	if t.fault != "" {
		out = append(out, t.fault)
	}
	if t.undated > 0 {
		out = append(out, fmt.Sprintf(`has %d rows whose "at" is not an instant`, t.undated))
	}
	if n := t.days.outside(windows); n > 0 {
		out = append(out, fmt.Sprintf("has rows outside the time range of the targets (hours with such rows: %d)", n))
	}
	if t.days.full {
		out = append(out, "has rows of more hours than can be checked")
	}
	return out
}

// rowBudget fails where one row would fill the memory.
type rowBudget struct {
	r    io.Reader
	left int
}

// Read reads on while the row may still grow.
func (b *rowBudget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errLongRow
	}
	n, err := b.r.Read(p)
	b.left -= n
	return n, err
}

// CheckRows counts the rows of a file that is to lie at path in a package, and says what Verify would find wrong with
// them: so that a file which people bring is refused before it is sealed. A file that is not made of rows has none.
func CheckRows(path string, r io.Reader, targets []Target) (rows int, faults []string) {
	windows, faults := windowsOf(targets)
	t := tallyOf(path, r)
	if t == nil {
		return 0, faults
	}
	return t.rows, append(faults, t.faults(windows)...)
}

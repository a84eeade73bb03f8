package generate

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/rand/v2"
	"strings"
	"time"
)

// chance is the luck of one case.
type chance struct{ *rand.Rand }

// of reports true so many times in a hundred.
func (c *chance) of(percent float64) bool { return c.Float64()*100 < percent }

func one[T any](c *chance, from ...T) T { return from[c.IntN(len(from))] }

// weighted is a choice with its weight.
type weighted[T any] struct {
	weight float64
	value  T
}

func choose[T any](c *chance, from []weighted[T]) T {
	sum := 0.0
	for _, w := range from {
		sum += w.weight
	}
	n := c.Float64() * sum
	for _, w := range from {
		if n -= w.weight; n < 0 {
			return w.value
		}
	}
	return from[len(from)-1].value
}

// around is a length of time about a middle: mostly near it, seldom several times as long.
func (c *chance) around(middle time.Duration) time.Duration {
	return time.Duration(float64(middle) * math.Exp(c.NormFloat64()*0.55))
}

func (c *chance) seconds(from, to int) time.Duration {
	return time.Duration(1000*from+c.IntN(1000*(to-from))) * time.Millisecond
}

// digits are so many digits, the first not zero.
func (c *chance) digits(n int) string {
	var b strings.Builder
	b.WriteByte("123456789"[c.IntN(9)])
	for range n - 1 {
		b.WriteByte("0123456789"[c.IntN(10)])
	}
	return b.String()
}

// hash looks like a SHA-256.
func (c *chance) hash() string {
	b := make([]byte, 0, 32)
	for range 4 {
		b = binary.BigEndian.AppendUint64(b, c.Uint64())
	}
	return hex.EncodeToString(b)
}

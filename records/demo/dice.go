package demo

// dice gives numbers that look random and are always the same for the same start (SplitMix64): records need to be
// repeatable, not secret.
type dice struct{ state uint64 }

// roll starts dice for whatever the parts name: an account, a day, a purpose.
func (s *Source) roll(parts ...uint64) *dice {
	d := &dice{s.seed}
	for _, p := range parts {
		d.state = d.next() ^ p
	}
	return d
}

func (d *dice) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// upTo is a number from 0 to n-1.
func (d *dice) upTo(n int) int { return int(d.next() % uint64(n)) } //nolint:gosec // n is a small positive constant

// pick is one of the words.
func (d *dice) pick(words []string) string { return words[d.upTo(len(words))] }

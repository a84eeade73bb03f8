package keys

// Remember makes the ring remember as many cases' keys.
func (r *Ring) Remember(n int) { r.cases = newCache(n) }

// Remembered says how many it does.
func (r *Ring) Remembered() int { return len(r.cases.slots) }

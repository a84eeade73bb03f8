package registry

import (
	"time"

	"dueprocess/casework"
)

// A length of a stay is kept to three significant digits (rounded), so that it is one of few: below a thousand seconds
// each is its own, above, each power of ten has nine hundred.
const (
	singles   = 1000
	perDecade = 900
)

// slotOf numbers the lengths, the shortest first.
func slotOf(seconds int64) int {
	decade := 0
	for ; seconds >= singles; seconds /= 10 {
		decade++
	}
	if decade == 0 {
		return int(seconds)
	}
	return singles + (decade-1)*perDecade + int(seconds) - singles/10
}

// secondsOf is the length of a slot.
func secondsOf(slot int) int64 {
	if slot < singles {
		return int64(slot)
	}
	slot -= singles
	seconds := int64(slot%perDecade + singles/10)
	for range slot/perDecade + 1 {
		seconds *= 10
	}
	return seconds
}

// histogram is how many stays there were of each length, by slots.
type histogram struct {
	slots []int
	all   int
}

func (h *histogram) add(slot, n int) {
	if slot >= len(h.slots) {
		h.slots = append(h.slots, make([]int, slot+1-len(h.slots))...)
	}
	h.slots[slot] += n
	h.all += n
}

// share is the length that so many of a hundred do not exceed (nearest rank).
func (h *histogram) share(percent int) casework.Period {
	rank := (h.all*percent + 99) / 100
	for slot, n := range h.slots {
		if rank -= n; rank <= 0 && n > 0 {
			return casework.Period(time.Duration(secondsOf(slot)) * time.Second)
		}
	}
	return 0
}

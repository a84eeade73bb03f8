package keys

import (
	"container/list"
	"crypto/cipher"
	"sync"
)

// cached is how many cases' keys a process remembers.
const cached = 10_000

// cache remembers the keys used last. Forgetting one only costs a look into the registry.
type cache struct {
	mu    sync.Mutex
	size  int
	order *list.List // of slot, the one used last in front
	slots map[string]*list.Element
}

type slot struct {
	id  string
	key cipher.AEAD
}

func newCache(size int) *cache {
	return &cache{size: size, order: list.New(), slots: map[string]*list.Element{}}
}

func (c *cache) get(id string) (cipher.AEAD, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.slots[id]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(e)
	return e.Value.(slot).key, true
}

func (c *cache) put(id string, key cipher.AEAD) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.remove(id)
	c.slots[id] = c.order.PushFront(slot{id, key})
	if c.order.Len() > c.size {
		c.remove(c.order.Back().Value.(slot).id)
	}
}

func (c *cache) forget(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.remove(id)
}

func (c *cache) remove(id string) {
	if e, ok := c.slots[id]; ok {
		c.order.Remove(e)
		delete(c.slots, id)
	}
}

package mailcatcher

import (
	"context"
	"net"
	"strconv"
	"time"

	"github.com/emersion/go-smtp"
)

const (
	loopback     = "127.0.0.1"
	largest      = 64 << 20 // bytes of one mail
	idlePatience = time.Minute
)

// Listen accepts mail on the loopback address at port, or at a free one for 0, and answers host and port. Once only.
func (c *Catcher) Listen(port int) (addr string, err error) {
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", net.JoinHostPort(loopback, strconv.Itoa(port)))
	if err != nil {
		return "", err
	}
	server := c.server()
	c.mu.Lock()
	c.smtp = server
	c.mu.Unlock()
	go func() { _ = server.Serve(listener) }() // ends with Close
	return listener.Addr().String(), nil
}

func (c *Catcher) server() *smtp.Server {
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) {
		return &session{keep: c.keep}, nil
	}))
	server.Domain = "localhost"
	server.MaxMessageBytes = largest
	server.ReadTimeout = idlePatience
	server.WriteTimeout = idlePatience
	server.EnableSMTPUTF8 = true
	return server
}

// Close stops accepting mail; what was caught stays readable. Safe to call twice.
func (c *Catcher) Close() error {
	c.mu.Lock()
	server := c.smtp
	c.smtp = nil
	c.mu.Unlock()
	if server == nil {
		return nil
	}
	return server.Close()
}

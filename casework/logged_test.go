package casework_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

type postgres struct{ message, state string }

func (p *postgres) Error() string    { return p.message }
func (p *postgres) SQLState() string { return p.state }

type lite struct{ code int }

func (l *lite) Error() string { return "secret" }
func (l *lite) Code() int     { return l.code }

// A log has the database's code for what went wrong, and never its words.
func TestWhatALogSays(t *testing.T) {
	t.Parallel()
	inside := func(cause error) error { return casework.Refuse(casework.Internal, "x").Because(cause) }
	secret := &postgres{`Key (email)=(a@b.example) already exists.`, "23505"}
	require.Equal(t, "*casework_test.postgres SQLSTATE 23505", casework.Logged(inside(secret)))
	require.Equal(t, "*fmt.wrapError SQLSTATE 23505", casework.Logged(inside(fmt.Errorf("a query: %w", secret))))
	require.Equal(t, "*casework_test.lite code 26", casework.Logged(inside(&lite{26})))
	require.Equal(t, "*errors.errorString", casework.Logged(inside(errors.New("a@b.example"))))
	require.Equal(t, "*errors.errorString", casework.Logged(errors.New("a@b.example")))
}

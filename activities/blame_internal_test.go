package activities

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

func TestTheInnermostIsBlamed(t *testing.T) {
	t.Parallel()
	away := errors.New("a name that nobody must read")
	vault := func(err error) error {
		return blameOn(casework.VaultIsAway, casework.Refuse(casework.Unavailable, "The vault does not answer.").Because(err))
	}
	for name, c := range map[string]struct {
		err  error
		want casework.Cause
	}{
		"mail":                         {blameOn(casework.MailIsAway, away), casework.MailIsAway},
		"a connection that was closed": {blameOn(casework.MailIsAway, io.EOF), casework.MailIsAway},
		"vault":                        {vault(away), casework.VaultIsAway},
		"records into the vault":       {errors.Join(vault(fmt.Errorf("row 3: %w", blameOn(casework.RecordsAreAway, away))), away), casework.RecordsAreAway},
		"database":                     {casework.Refuse(casework.Unavailable, "x"), casework.DatabaseIsAway},
		"outside the scope":            {casework.Refuse(casework.Conflict, "x"), casework.StepConflicts},
		"anything else":                {away, casework.OurFault},
	} {
		require.Equal(t, c.want, causeOf(c.err), name)
		require.True(t, c.want.Valid())
		require.NotContains(t, c.want.Sentence(), "nobody must read")
		require.NotEmpty(t, c.want.Sentence())
	}
}

// torn is a vault of which reading stops in the middle.
type torn struct{ casework.Vault }

func (torn) Open(context.Context, string) (io.ReadCloser, error) {
	return io.NopCloser(io.MultiReader(strings.NewReader("half"), brokenReader{})), nil
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestAReaderOfTheVaultIsBlamed(t *testing.T) {
	t.Parallel()
	r, err := blamedVault{torn{}}.Open(t.Context(), "x")
	require.NoError(t, err)
	read, err := io.ReadAll(r)
	require.Equal(t, "half", string(read))
	require.Equal(t, casework.VaultIsAway, causeOf(err))
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
}

package identity

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"dueprocess/casework"
)

// The flow itself is tested against a real provider, in deploy/local/oidcserver.

func TestGroupsGiveRoles(t *testing.T) {
	t.Parallel()
	s := Settings{Roles: map[string][]casework.Role{"legal": {casework.LegalOps}, "leads": {casework.Manager, casework.LegalOps}}}
	for _, x := range []struct {
		groups []string
		want   []casework.Role
	}{
		{nil, []casework.Role{}},
		{[]string{"cooks", "LEGAL", "legal "}, []casework.Role{}},
		{[]string{"leads", "legal", "legal", "cooks"}, []casework.Role{casework.LegalOps, casework.Manager}},
	} {
		require.Equal(t, x.want, s.rolesOf(x.groups), "%q", x.groups)
	}
}

func TestNamesPeopleCanBeToldBy(t *testing.T) {
	t.Parallel()
	for name, ok := range map[string]bool{
		"rosa": true, "rosa@example.com": true, "Rosa Díaz": true, "": false, " rosa": false, "ro\nsa": false, "ro\u202esa": false, "ro\u200bsa": false,
		"\xff": false, strings.Repeat("r", longestName): true, strings.Repeat("r", longestName+1): false,
	} {
		require.Equal(t, ok, isName(name), "%q", name)
	}
}

func TestWhenSomebodyProvedWhoTheyAre(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	p := New(Settings{}, "", func() time.Time { return now })
	for claim, want := range map[string]time.Time{
		"": {}, "null": {}, `"1763629200"`: {}, "-1": {}, "0": {}, "1": time.Unix(1, 0).UTC(), "99999999999": now,
	} {
		claims := map[string]json.RawMessage{}
		if claim != "" {
			claims["auth_time"] = json.RawMessage(claim)
		}
		require.Equal(t, want, p.provedAt(claims), "auth_time %s", claim)
	}
}

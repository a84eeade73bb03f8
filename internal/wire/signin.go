package wire

import (
	"cmp"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"dueprocess/casework"
	"dueprocess/identity"
)

// SignIn are the settings of how people of staff sign in, as texts. Without an issuer nobody does.
type SignIn struct {
	Issuer     string // DUEPROCESS_OIDC_ISSUER: the identity provider's own name for itself, an address
	ClientID   string // DUEPROCESS_OIDC_CLIENT_ID
	SecretFile string // DUEPROCESS_OIDC_CLIENT_SECRET_FILE: a file with the client's secret alone; empty: a public client
	Name       string // DUEPROCESS_OIDC_NAME_CLAIM: what people are called here; preferred_username
	Groups     string // DUEPROCESS_OIDC_GROUPS_CLAIM: the list of somebody's groups; groups
	Scopes     string // DUEPROCESS_OIDC_SCOPES: asked for beside openid, with blanks between; profile
	Roles      string // DUEPROCESS_OIDC_ROLES: group=role with commas between; a group may stand several times
	Idle       string // DUEPROCESS_SESSION_IDLE: how long a session holds unused; 30m
	Whole      string // DUEPROCESS_SESSION_LIMIT: how long it holds at all; 12h
	Fresh      string // DUEPROCESS_SESSION_FRESH: how long after a sign-in people may release and change settings; 10m
}

func (s *SignIn) variables() map[string]*string {
	return map[string]*string{
		"OIDC_ISSUER": &s.Issuer, "OIDC_CLIENT_ID": &s.ClientID, "OIDC_CLIENT_SECRET_FILE": &s.SecretFile, "OIDC_NAME_CLAIM": &s.Name,
		"OIDC_GROUPS_CLAIM": &s.Groups, "OIDC_SCOPES": &s.Scopes, "OIDC_ROLES": &s.Roles,
		"SESSION_IDLE": &s.Idle, "SESSION_LIMIT": &s.Whole, "SESSION_FRESH": &s.Fresh,
	}
}

// signing is what the settings come to.
type signing struct {
	provider identity.Settings
	limits   casework.SessionLimits
}

// read gives what the settings come to, and every fault of them. desk is where people reach the staff pages.
func (s SignIn) read(desk string) (signing, []casework.Fault) {
	f := &faults{}
	out := signing{limits: casework.SessionLimits{
		Idle:  f.period("SESSION_IDLE", s.Idle, 30*time.Minute, 12*time.Hour), //nolint:mnd // the defaults and the most, said in the type
		Whole: f.period("SESSION_LIMIT", s.Whole, 12*time.Hour, 24*time.Hour),
		Fresh: f.period("SESSION_FRESH", s.Fresh, 10*time.Minute, time.Hour), //nolint:mnd // as above
	}}
	given := s
	given.Idle, given.Whole, given.Fresh = "", "", ""
	if given == (SignIn{}) {
		return out, f.list
	}
	f.need(isGuarded(s.Issuer), "OIDC_ISSUER", "must be the identity provider's https address, such as https://id.example.com")
	f.need(isGuarded(desk), "STAFF_URL", "must be https where people sign in, or an address of this machine alone")
	f.need(s.ClientID != "", "OIDC_CLIENT_ID", "is missing: what the identity provider calls this product")
	out.provider = identity.Settings{
		Issuer: s.Issuer, ClientID: s.ClientID, Secret: f.secret("OIDC_CLIENT_SECRET_FILE", s.SecretFile), NameClaim: cmp.Or(s.Name, "preferred_username"),
		GroupsClaim: cmp.Or(s.Groups, "groups"), Scopes: strings.Fields(cmp.Or(s.Scopes, "profile")), Roles: f.roles("OIDC_ROLES", s.Roles),
	}
	return out, f.list
}

// faults gathers what is wrong.
type faults struct{ list []casework.Fault }

func (f *faults) need(ok bool, name, message string) {
	if !ok {
		f.list = append(f.list, casework.Fault{Path: prefix + name, Message: message})
	}
}

func (f *faults) period(name, text string, usual, most time.Duration) time.Duration {
	if text == "" {
		return usual
	}
	d, err := time.ParseDuration(text)
	f.need(err == nil && d >= time.Minute && d <= most, name, fmt.Sprintf("must be a time from 1m to %s, such as %s", most, usual))
	return d
}

func (f *faults) secret(name, file string) string {
	if file == "" {
		return ""
	}
	text, err := os.ReadFile(file) //nolint:gosec // the operator names the file
	secret := strings.TrimSpace(string(text))
	f.need(err == nil && secret != "", name, "must name a file that can be read and holds the secret")
	return secret
}

func (f *faults) roles(name, text string) map[string][]casework.Role {
	out := map[string][]casework.Role{}
	for pair := range strings.SplitSeq(text, ",") {
		cut := strings.LastIndex(pair, "=")
		group, role := strings.TrimSpace(pair[:max(cut, 0)]), casework.Role(strings.TrimSpace(pair[cut+1:]))
		if group == "" || !role.Valid() || slices.Contains(out[group], role) {
			f.need(false, name, fmt.Sprintf("must be group=role with commas between, each once; roles are %v", casework.Roles))
			return nil
		}
		out[group] = append(out[group], role)
	}
	return out
}

// isGuarded reports whether an address is https, or of this machine alone.
func isGuarded(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && (u.Hostname() == "localhost" || err == nil && ip.IsLoopback())
}

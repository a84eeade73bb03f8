package identity

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"dueprocess/casework"
)

// Provider is an identity provider. It is asked for its configuration when somebody first signs in, so that the pages
// start while it is away.
type Provider struct {
	settings Settings
	back     string // where it sends people back to
	client   *http.Client
	now      func() time.Time

	mu    sync.Mutex
	known *oidc.Provider
}

// patience is how long an answer of the provider is waited for.
const patience = 10 * time.Second

// New makes a provider that sends people back to an address, which it must have been told of.
func New(s Settings, back string, now func() time.Time) *Provider {
	return &Provider{settings: s, back: back, client: &http.Client{Timeout: patience}, now: now}
}

// Ask is where a browser is sent to sign somebody in. The secrets stay with that browser: state comes back in the
// address, nonce in the answer, and the verifier shows that whoever brings the code is who asked. Fresh: they must prove
// anew who they are, whatever the provider remembers.
func (p *Provider) Ask(ctx context.Context, secrets casework.SignInSecrets, fresh bool) (address string, err error) {
	_, config, err := p.config(ctx)
	if err != nil {
		return "", err
	}
	with := []oauth2.AuthCodeOption{oidc.Nonce(secrets.Nonce), oauth2.S256ChallengeOption(secrets.Verifier)}
	if fresh {
		with = append(with, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	}
	return config.AuthCodeURL(secrets.State, with...), nil
}

// Leave is where a browser is sent to sign out at the provider too, and then on to an address of ours; empty where the
// provider offers nothing of the kind, or is away.
func (p *Provider) Leave(ctx context.Context, then string) string {
	known, _, err := p.config(ctx)
	if err != nil {
		return ""
	}
	var offers struct {
		EndSession string `json:"end_session_endpoint"`
	}
	end, err := url.Parse("")
	if known.Claims(&offers) == nil {
		end, err = url.Parse(offers.EndSession)
	}
	if err != nil || end.Host == "" {
		return ""
	}
	query := end.Query()
	query.Set("client_id", p.settings.ClientID)
	query.Set("post_logout_redirect_uri", then)
	end.RawQuery = query.Encode()
	return end.String()
}

func (p *Provider) config(ctx context.Context) (*oidc.Provider, *oauth2.Config, error) {
	known, err := p.discover(ctx)
	if err != nil {
		return nil, nil, err
	}
	return known, &oauth2.Config{
		ClientID: p.settings.ClientID, ClientSecret: p.settings.Secret, Endpoint: known.Endpoint(), RedirectURL: p.back,
		Scopes: append([]string{oidc.ScopeOpenID}, p.settings.Scopes...),
	}, nil
}

// discover reads the provider's configuration until it has it once.
func (p *Provider) discover(ctx context.Context) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.known != nil {
		return p.known, nil
	}
	// Its keys are read later too: what reads them may not end with this call.
	known, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.client), p.settings.Issuer)
	if err != nil {
		return nil, errAway(err)
	}
	p.known = known
	return known, nil
}

func errAway(err error) error {
	return casework.Refuse(casework.Unavailable, "The identity provider does not answer. Try again in a moment.").Because(err)
}

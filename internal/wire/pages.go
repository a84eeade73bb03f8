package wire

import (
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"io"
	"net/http"
	"time"

	"dueprocess/desk"
	"dueprocess/identity"
	"dueprocess/mail/templates"
	"dueprocess/paper"
	"dueprocess/web/portal"
	"dueprocess/web/staff"
)

// pages makes the pages of staff, and those that officers and customers reach.
func (o *Office) pages(d *desk.Desk, watch *desk.Watch, parcels desk.Parcels) (forStaff, forOthers http.Handler) {
	provider := o.Rules().Profile().Name
	forStaff = staff.New(staff.Config{
		Desk: d, Registry: o.Registry, Parcels: parcels, Now: o.Now, Provider: provider, URL: o.Settings.desk(), Identity: o.identity(),
		Sessions: o.Registry, Limits: o.signIn.limits, Tokens: o.Registry, Drafts: o.Registry, Views: o.Registry, Key: o.signInKey(),
		Stuck: o.Registry, Watch: watch, Zone: o.zone, Rules: dryRuns{o}, Reports: reports{o}, Book: o.Registry, Ledger: o.Registry, LedgerKeys: o.ledgerKeys(), Vault: o.Vault, Uploads: o.Vault, Papers: o.Papers, Sheets: paper.New(paper.Usual), Messages: messages,
	})
	forOthers = portal.New(portal.Config{Desk: d, Registry: o.Registry, Store: o.Registry, Parcels: parcels, Vault: o.Vault, Now: o.Now, Provider: provider})
	return forStaff, forOthers
}

// messages are what the office's mails say.
func messages() ([]staff.Message, error) {
	all, err := templates.Previews()
	out := make([]staff.Message, len(all))
	for i, m := range all {
		out[i] = staff.Message(m)
	}
	return out, err
}

// identity is the identity provider of the settings; nil where they name none. It lives by this machine's clock, as
// sessions do, not by that of the cases.
func (o *Office) identity() staff.Identity {
	if o.signIn.provider.Issuer == "" {
		return nil
	}
	return identity.New(o.signIn.provider, o.Settings.desk()+"/signin/callback", time.Now)
}

// signInKey signs sign-ins under way: the same on every copy of the front desk, and never shown.
func (o *Office) signInKey() []byte {
	_, signer := o.Secrets.ManifestKey()
	mac := hmac.New(sha256.New, signer.Seed())
	_, _ = io.WriteString(mac, "sign-ins of staff") // a hash takes everything
	return mac.Sum(nil)
}

// ledgerKeys are the verifiers of checkpoints; empty where a key is none, which its loader refuses.
func (o *Office) ledgerKeys() string {
	var public []ed25519.PublicKey
	for _, k := range o.Secrets.PublicKeys() {
		if k.Use == "checkpoint" {
			public = append(public, k.Key)
		}
	}
	lines, err := LedgerKeys(public)
	if err != nil {
		return ""
	}
	return lines
}

package wire

import (
	"crypto/hmac"
	"crypto/sha256"
	"io"
	"net/http"

	"dueprocess/desk"
	"dueprocess/web/portal"
	"dueprocess/web/staff"
)

// pages makes the pages of staff, and those that officers and customers reach.
func (o *Office) pages(d *desk.Desk, parcels desk.Parcels, demo bool) (forStaff, forOthers http.Handler) {
	provider := o.Rules().Profile().Name
	forStaff = staff.New(staff.Config{
		Desk: d, Registry: o.Registry, Parcels: parcels, Now: o.Now, Provider: provider, Demo: demo, Sessions: o.sessionKey(),
	})
	forOthers = portal.New(portal.Config{Desk: d, Registry: o.Registry, Store: o.Registry, Parcels: parcels, Vault: o.Vault, Now: o.Now, Provider: provider})
	return forStaff, forOthers
}

// sessionKey signs sessions: the same on every copy of the front desk, and never shown.
func (o *Office) sessionKey() []byte {
	_, signer := o.Secrets.ManifestKey()
	mac := hmac.New(sha256.New, signer.Seed())
	_, _ = io.WriteString(mac, "sessions of staff") // a hash takes everything
	return mac.Sum(nil)
}

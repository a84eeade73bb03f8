package wire

import (
	"net/http"

	"dueprocess/desk"
)

// pages makes the pages of staff, and those that officers and customers reach.
func (o *Office) pages(d *desk.Desk, parcels desk.Parcels, demo bool) (staff, portal http.Handler) {
	return http.NotFoundHandler(), http.NotFoundHandler()
}

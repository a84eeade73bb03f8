// Package winding owns the clock of the local mode that can be wound forward: pages, API, activities and workflows then
// live through that time at once. It goes from one instant at which some case wakes to the next, so that what a case does
// on the way is done at its time. Nothing of it is in the product.
package winding

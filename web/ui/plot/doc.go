// Package plot lays out pictures of figures: where each bar, line and word of a plot stands, as numbers that a template
// writes into an SVG. It knows no colour, only names of classes, and nothing of what the figures are about. The pages of
// staff and the portal call it; each plot stands beside a table with the same figures.
package plot

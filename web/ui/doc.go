// Package ui is what all pages share: the layout and its style sheet, the headers that keep a browser from doing
// anything else, the words in which people read the vocabulary, and the page of an error. It knows no case store and
// decides nothing. The packages staff and portal call it.
package ui

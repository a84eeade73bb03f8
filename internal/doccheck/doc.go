// Package doccheck holds the documents to what they point at: links to files and headings of this tree resolve, and every
// decision record says its context, its choice and what was refused. Its tests are all that is in it.
package doccheck

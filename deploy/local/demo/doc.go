// Package demo fills the local mode: the authorities of the contact book, the people of staff, and twelve cases in every
// stage, made from the scenarios by the same acts that people would do. Nothing of it is in the product.
package demo

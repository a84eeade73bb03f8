// Package fakes stands in for the outside where a test needs no real one. Every fake keeps state and the promises of the
// interface it stands for; unit and end-to-end tests share them. Databases, mail servers and browsers are not faked.
package fakes

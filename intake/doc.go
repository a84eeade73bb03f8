// Package intake owns the way in: what an authority, a form or a program sent becomes a casework.Request, or a list of
// everything that is wrong with it. It reads strictly, brings countries, addresses and domains into their normal form,
// and never repeats a value in a fault. Whether the law finds fault with a request is policy's business. The package is
// pure: the instant of receipt is an argument. API and commands call it.
package intake

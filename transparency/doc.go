// Package transparency owns what the office publishes about the requests that it received: how many of which kind, from
// where, and what came of them, in one report with fixed tables. It decides which request counts in which table and column,
// bands what the law lets a provider publish in bands alone, and puts together what would be too few to be published. It
// knows no registry and no clock: counts and instants are arguments. The API and the commands call it; letters prints it.
package transparency

// Package desk is the only client of the workflows: it starts cases, brings acts to them and opens their parcels. Pages,
// API and commands call it; about a case it writes nothing itself but the registration of a new one.
package desk

// Package activities does in the world what a case orders: it asks the policy, looks accounts and records up, sends
// mail, seals and delivers parcels, and stores what happened. Each activity is done once per case and step however
// often it is tried: what a step brought is kept, and a repeat answers with that. An activity is told only the case and
// the step; it reads the rest itself, and asks Case.Clears before it does anything. The workflows call it by name.
package activities

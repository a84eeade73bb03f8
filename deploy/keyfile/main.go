// Command keyfile writes the house's keys to a file that is not there yet, and leaves one that is. It is run once, before
// the programs: they refuse to start without keys, so that nobody encrypts under keys that were made by accident.
package main

import (
	"fmt"
	"os"

	"dueprocess/keys"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: keyfile PATH")
		os.Exit(2)
	}
	if _, err := keys.LoadOrCreate(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "keyfile:", err)
		os.Exit(1)
	}
}

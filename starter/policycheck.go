package main

import (
	"fmt"
	"os"

	"dueprocess/policy"
)

// checkCommand checks a rulebook.
type checkCommand struct {
	Dir string `arg:"" help:"The rulebook's folder." type:"existingdir" placeholder:"DIR"`
}

// Run says that the rulebook is sound, or names everything that is wrong with it.
func (c checkCommand) Run(s *surroundings) error {
	book, err := policy.Load(os.DirFS(c.Dir))
	if err != nil {
		return err
	}
	if s.json {
		return printValue(s.out, book.Identity())
	}
	_, err = fmt.Fprintf(s.out, "The rulebook %s is sound: %d rules, sha256 %s\n", book.Identity().Version, len(book.Rules("")), book.Identity().SHA256)
	return err
}

package activities

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"dueprocess/casework"
	"dueprocess/letters"
	"dueprocess/letters/writing"
)

// lettersFor writes what goes with a message, in each of the languages that its readers have, and puts it into the vault.
// The mail itself carries none of it. It runs behind the same last question as the mail: what may not be told is not
// written either.
func (a *Activities) lettersFor(ctx context.Context, c casework.Case, e casework.Effect, reads ...string) ([]casework.Letter, error) {
	out, at := []casework.Letter{}, casework.Truncate(a.world.Now())
	for _, language := range reads {
		l, ok, err := writing.With(c, e, a.office(), at, language)
		if err != nil {
			return nil, err
		}
		if !ok || slices.ContainsFunc(out, func(x casework.Letter) bool { return x.Language == l.Language }) {
			continue
		}
		kept, err := a.putLetter(ctx, c, e, l)
		if err != nil {
			return nil, err
		}
		out = append(out, kept)
	}
	return out, nil
}

// putLetter keeps both forms of a letter under a reference that names their contents: a second try, which may write
// another day on it, overwrites nothing.
func (a *Activities) putLetter(ctx context.Context, c casework.Case, e casework.Effect, l letters.Letter) (casework.Letter, error) {
	var pdf, page bytes.Buffer
	if err := l.PDF(&pdf); err != nil {
		return casework.Letter{}, err
	}
	if err := l.HTML(&page); err != nil {
		return casework.Letter{}, err
	}
	sum := sha256.Sum256(pdf.Bytes())
	kept := casework.Letter{Kind: l.Kind, Language: l.Language, At: l.At, Step: e.Step, SHA256: hex.EncodeToString(sum[:])}
	if _, _, err := a.world.Vault.Put(ctx, c.LetterRef(kept, "pdf"), &pdf); err != nil {
		return casework.Letter{}, err
	}
	_, _, err := a.world.Vault.Put(ctx, c.LetterRef(kept, "html"), &page)
	return kept, err
}

// office is what letters need of the provider and its rulebook.
func (a *Activities) office() writing.Office {
	return writing.Office{
		Provider: a.world.Policy.Provider(), KeysURL: a.world.URL + "/api/v1/keys", Way: a.world.Policy.Way,
	}
}

// languages are those of a notice's readers, in the order in which they are told.
func languages(messages []Letter) []string {
	out := []string{}
	for _, m := range messages {
		out = append(out, m.Language)
	}
	return out
}

package pagetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"

	"dueprocess/casework"
	"dueprocess/letters/writing"
)

// Papers is what drafts of letters need.
func (h *House) Papers() writing.Office {
	return writing.Office{Provider: "Example Provider, Inc.", KeysURL: "https://keys.example", Way: h.Policy.Way}
}

// write puts the letter that goes with a message into the vault, as the activities do.
func (h *House) write(ctx context.Context, c casework.Case, e casework.Effect) ([]casework.Letter, error) {
	if e.Kind != casework.DoMail && e.Kind != casework.DoDeliver {
		return nil, nil
	}
	l, ok, err := writing.With(c, e, h.Papers(), h.Now(), "en")
	if err != nil || !ok {
		return nil, err
	}
	var pdf, page bytes.Buffer
	if err := l.PDF(&pdf); err != nil {
		return nil, err
	}
	if err := l.HTML(&page); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(pdf.Bytes())
	kept := casework.Letter{Kind: l.Kind, Language: l.Language, At: l.At, Step: e.Step, SHA256: hex.EncodeToString(sum[:])}
	if _, _, err := h.Vault.Put(ctx, c.LetterRef(kept, "pdf"), &pdf); err != nil {
		return nil, err
	}
	_, _, err = h.Vault.Put(ctx, c.LetterRef(kept, "html"), &page)
	return []casework.Letter{kept}, err
}

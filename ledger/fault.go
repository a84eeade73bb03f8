package ledger

import "errors"

// ErrNoHash is what a store's reader wraps when an index holds no hash; any other error means that it cannot be asked.
var ErrNoHash = errors.New("no hash is kept at this index")

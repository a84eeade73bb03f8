#!/usr/bin/env bash
# make check: format, vet. Prints what is wrong and exits non-zero.
set -euo pipefail
unformatted=$(gofmt -l $(git ls-files '*.go'))
[ -z "$unformatted" ] || { echo "not formatted: $unformatted" >&2; exit 1; }
go vet ./...
(cd deploy/local && go vet ./...)

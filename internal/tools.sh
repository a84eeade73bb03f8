#!/usr/bin/env bash
# Installs the pinned tools of `make check` into .cache/bin, each only where its version is not there yet.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=(
	github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
	go.temporal.io/sdk/contrib/tools/workflowcheck@v0.6.0
	github.com/zricethezav/gitleaks/v8@v8.30.1
	github.com/sqlc-dev/sqlc/cmd/sqlc@v1.30.0
)
bin=$PWD/.cache/bin
mkdir -p "$bin"
# has: the program was built from that version of its module.
has() { go version -m "$1" 2>/dev/null | awk -v want="$2" '$1 == "mod" && $3 == want { ok = 1 } END { exit !ok }'; }
for tool in "${tools[@]}"; do
	path=${tool%@*} version=${tool#*@} name=$(basename "${tool%@*}")
	[[ $name =~ ^v[0-9]+$ ]] && name=$(basename "$(dirname "$path")")
	has "$bin/$name" "$version" && continue
	echo "building $name $version"
	(cd / && GOBIN=$bin GOFLAGS= go install "$tool") || { echo "Cannot build $tool: its source must be within reach, and sqlc needs a C compiler." >&2; exit 1; }
done

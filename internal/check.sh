#!/usr/bin/env bash
# make check: everything that can be said about the code without running the product. All checks run, also after one has
# failed; each says how long it took. `internal/check.sh NAME…` runs only those.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH=$PWD/.cache/bin:$PATH
modules=(. deploy/local internal/composetest)

# in_each runs a command in every module of the repository.
in_each() { local m bad=0; for m in "${modules[@]}"; do (cd "$m" && "$@") || bad=1; done; return "$bad"; }

tools() { internal/tools.sh; }
format() {
	local unformatted
	unformatted=$(gofmt -l $(git ls-files --cached --others --exclude-standard '*.go')) || return 1
	[ -z "$unformatted" ] || { printf 'not formatted, run make fmt:\n%s\n' "$unformatted"; return 1; }
}
# go vet is among the linters; by itself it would look through every library once more, for minutes.
lint() { in_each golangci-lint run --allow-parallel-runners --config "$PWD/.golangci.yml" ./...; }
workflows() { workflowcheck -config .workflowcheck.yml ./workflows/...; }
# The history, and what is about to be committed.
secrets() { leaks && leaks --pre-commit && leaks --pre-commit --staged; }
leaks() { gitleaks git --no-banner --no-color --redact --verbose --log-level warn "$@" .; }
# go.mod of each module says what is needed and no more.
modfiles() { in_each go mod tidy -diff; }
queries() { (cd registry && sqlc diff && sqlc vet); }
imports() { go test -count=1 ./internal/archtest/; }
licences() { go run ./internal/licences | diff - docs/licences.md || { echo "libraries have changed, run make licences"; return 1; }; }
documents() { go test -count=1 ./internal/doccheck/; }
mutants() { go test -count=1 -run FindsItsLine ./test/mutants/; }
compose() { (cd internal/composetest && go test -count=1 ./...); }

all=(tools format lint workflows secrets modfiles queries imports documents licences mutants compose)
[ "$#" -gt 0 ] || set -- "${all[@]}"
failed=()
for check in "$@"; do
	began=$SECONDS
	if "$check"; then word=ok; else word=FAILED; failed+=("$check"); fi
	printf '== %-10s %-6s %3d s\n' "$check" "$word" "$((SECONDS - began))"
done
printf '== all %d s\n' "$SECONDS"
[ "${#failed[@]}" = 0 ] || { echo "failed: ${failed[*]}" >&2; exit 1; }

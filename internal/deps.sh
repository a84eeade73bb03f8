#!/usr/bin/env bash
# Installs what tests and checks need beside Go: PostgreSQL, age, jq, curl, openssl, pdftotext; git, and a C compiler for
# sqlc. Quick where all is there. The Go tools of the checks are built by tools.sh.
set -euo pipefail
declare -A debian=([age]=age [jq]=jq [curl]=curl [openssl]=openssl [pdftotext]=poppler-utils [initdb]=postgresql [gcc]='gcc libc6-dev' [git]=git)
declare -A brew=([age]=age [jq]=jq [curl]=curl [openssl]=openssl [pdftotext]=poppler [initdb]=postgresql@15 [gcc]=gcc [git]=git)
here() {
	command -v "$1" >/dev/null 2>&1 && return 0
	[ "$1" = initdb ] && ls /usr/lib/postgresql/*/bin/initdb /opt/homebrew/opt/postgresql*/bin/initdb /usr/local/opt/postgresql*/bin/initdb 2>/dev/null | grep -q .
}
missing=()
for program in "${!debian[@]}"; do here "$program" || missing+=("$program"); done
[ "${#missing[@]}" -gt 0 ] || exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
	read -ra packages <<<"$(for program in "${missing[@]}"; do printf '%s ' "${debian[$program]}"; done)"
	export DEBIAN_FRONTEND=noninteractive
	apt-get install -y -q "${packages[@]}" >/dev/null 2>&1 || { apt-get update -q >/dev/null && apt-get install -y -q "${packages[@]}"; }
elif command -v brew >/dev/null; then
	packages=(); for program in "${missing[@]}"; do packages+=("${brew[$program]}"); done
	brew install "${packages[@]}"
else
	echo "Missing: ${missing[*]}" >&2
	echo "On Debian: sudo apt-get install $(for p in "${missing[@]}"; do printf '%s ' "${debian[$p]}"; done)" >&2
	exit 1
fi

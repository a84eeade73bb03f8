#!/usr/bin/env bash
# Installs what tests and checks need beside Go: PostgreSQL, age, jq, curl, openssl, pdftotext; a browser, with node and
# the libraries that drive it; git, and a C compiler for sqlc. Quick where all is there. The Go tools of the checks are
# built by tools.sh.
set -euo pipefail
declare -A debian=([age]=age [jq]=jq [curl]=curl [openssl]=openssl [pdftotext]=poppler-utils [initdb]=postgresql [gcc]='gcc libc6-dev' [git]=git [chromium]=chromium [node]=nodejs [npm]=npm)
declare -A brew=([age]=age [jq]=jq [curl]=curl [openssl]=openssl [pdftotext]=poppler [initdb]=postgresql@15 [gcc]=gcc [git]=git [chromium]=google-chrome [node]=node [npm]=node)
here() {
	command -v "$1" >/dev/null 2>&1 && return 0
	[ "$1" = chromium ] && { [ -n "${CHROMIUM:-}" ] || command -v chromium-browser google-chrome google-chrome-stable >/dev/null || ls -d "/Applications/"{"Google Chrome",Chromium}.app >/dev/null 2>&1; } && return 0
	[ "$1" = initdb ] && ls /usr/lib/postgresql/*/bin/initdb /opt/homebrew/opt/postgresql*/bin/initdb /usr/local/opt/postgresql*/bin/initdb 2>/dev/null | grep -q .
}
missing=()
for program in "${!debian[@]}"; do here "$program" || missing+=("$program"); done
if [ "${#missing[@]}" = 0 ]; then
	: # all is there
elif command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
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

# What the browser tests import. Its lock file names versions and digests; no script of a package is run.
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || { echo "The browser tests need node 20 or newer; this is $(node --version)." >&2; exit 1; }
cd "$(dirname "$0")/../test/browser"
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --ignore-scripts --no-audit --no-fund --silent

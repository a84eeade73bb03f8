#!/bin/sh
# Makes static/vendored.css, which is kept in the repository: `make look`. It takes the versions that package.json names,
# compiles look.scss, and gives every colour that is fixed in them a name (colours.mjs), so that ours may be dark.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$here/../../../.cache/look
mkdir -p "$work"
cp "$here/package.json" "$work/"
(cd "$work" && npm install --no-audit --no-fund --no-package-lock --ignore-scripts --silent)
"$work/node_modules/.bin/sass" --no-source-map --style=expanded --quiet-deps --load-path="$work/node_modules" --load-path="$work" --no-charset "$here/look.scss" "$work/look.css"
node "$here/colours.mjs" "$work/look.css" "$work/named.css"
"$work/node_modules/.bin/sass" --no-source-map --style=compressed --no-charset "$work/named.css" > "$here/../static/vendored.css"
cat "$here/LICENCE-govuk-frontend.txt" "$here/LICENCE-moj-frontend.txt" > "$here/../static/licences.txt"

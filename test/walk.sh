#!/usr/bin/env bash
# The walk: one request from receipt to the receipt of the delivery, by the two programs and public tools alone.
#
#   test/walk.sh                  starts `bin/local run` in an empty folder, walks, and stops it
#   WALK_URL=… WALK_TOKENS=FILE WALK_MAIL=URL test/walk.sh     walks against a system that runs already
#
# WALK_KILL=1 kills the process with SIGKILL between any two acts, and starts it again.
# Needs: curl, jq, age, tar, sha256sum, openssl (make deps installs them).
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
starter=$here/bin/starter
work=$(mktemp -d)
pid=
stop() { [ -z "$pid" ] || { kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null; } || true; rm -rf "$work"; }
trap stop EXIT

say() { printf '%s\n' "$*"; }
fail() { printf 'walk: %s\n' "$*" >&2; [ ! -f "$work/run.log" ] || tail -40 "$work/run.log" >&2; exit 1; }
between() { [ -z "${WALK_KILL:-}" ] || killed; }
killed() {
	kill -9 "$pid"; wait "$pid" 2>/dev/null || true
	LOCAL_PORT=${WALK_URL##*:} run_local; kills=$((${kills:-0} + 1))
}

# until_true SECONDS COMMAND… tries a command until it succeeds.
until_true() {
	local tries=$(( $1 * 5 )); shift
	while ! "$@" >/dev/null 2>&1; do
		tries=$((tries - 1)); [ "$tries" -gt 0 ] || fail "waited in vain for: $*"
		read -rt 0.2 <> <(:) || true
	done
}

start_local() {
	export LOCAL_DIR=$work/local LOCAL_EMPTY=1 LOCAL_PORT=0 LOCAL_TEMPORAL_PORT=0 LOCAL_UI_PORT=0 LOCAL_PROFILE=$work/profile.yaml
	printf 'notice_period: 2s\n' > "$work/profile.yaml"
	run_local
	WALK_URL=$(sed -n 's|^Staff pages and API *\(http://[^/]*\)/.*|\1|p' "$work/run.log")
	WALK_TOKENS=$LOCAL_DIR/tokens.json WALK_MAIL=$WALK_URL/dev/mail.json
}

run_local() {
	rm -f "$work/run.log"
	"$here/bin/local" run > "$work/run.log" 2>&1 &
	pid=$!
	until_true 60 grep -q 'Ctrl-C' "$work/run.log"
}

[ -n "${WALK_URL:-}" ] || start_local
export DUEPROCESS_URL=$WALK_URL
as() { local who=$1; shift; DUEPROCESS_TOKEN=$(jq -r ".$who" "$WALK_TOKENS") "$starter" "$@"; }
act() { as "$1" case act "$id" "$2" - --json; }
field() { as olivia case show "$id" --json | jq -r "$1"; }
is() { [ "$(field "$1")" = "$2" ]; }

# The officer has an age key, and asks for everything under a warrant.
age-keygen -o "$work/officer.key" 2>/dev/null
recipient=$(age-keygen -y "$work/officer.key")
jq --arg key "$recipient" '.request.officer.age_recipient = $key | .request' \
	"$here/policy/testdata/cases/us_warrant_all.json" > "$work/request.json"

id=$(as olivia submit "$work/request.json" --idempotency-key walk)
[ "$id" = "$(as olivia submit "$work/request.json" --idempotency-key walk)" ] || fail "one key made two cases"
say "received $id"; between
phone=$(curl -fsS -H "Authorization: Bearer $(jq -r .olivia "$WALK_TOKENS")" "$WALK_URL/api/v1/authorities" |
	jq -r '[.authorities[] | select(.domains | index("fbi.gov"))][0].phones[0]')
jq -n --arg phone "$phone" '{method: "callback", evidence: "called the switchboard", phone: $phone}' | act olivia verify_requester >/dev/null
say "verified by call-back"; between
jq -n '{answers: [{data: "subscriber", answer: "permit"}, {data: "traffic", answer: "permit"}, {data: "content", answer: "permit"}]}' |
	act rosa review > "$work/reviewed.json"
decision=$(jq -r .decision.sha256 "$work/reviewed.json")
say "reviewed by rosa: $(jq -r .decision.outcome "$work/reviewed.json")"; between

# Whoever reviewed does not approve; the wrong stage, the wrong role and a stale version are refused.
refused() { local want=$1; shift; set +e; "$@" >/dev/null 2>"$work/refusal"; local got=$?; set -e
	[ "$got" = "$want" ] || fail "expected exit status $want, got $got: $*"; say "refused ($got): $(head -1 "$work/refusal")"; }
jq -n --arg d "$decision" '{decision: $d}' > "$work/approve.json"
refused 3 as rosa case act "$id" approve "$work/approve.json"
refused 3 as mina case act "$id" approve "$work/approve.json"
refused 3 as olivia case act "$id" verify_requester - <<< '{"method": "callback", "evidence": "again", "phone": "1"}'
refused 3 as rafael case act "$id" approve "$work/approve.json" --if-match 1
refused 2 as rafael case act "$id" approve - <<< '{"decison": "typing error"}'

act rafael approve < "$work/approve.json" >/dev/null
say "approved by rafael"; between
until_true 60 is '.disclosures[0].status // ""' ready
say "told: $(field '.notices[0].status'); sealed: $(field '.disclosures[0].rows') rows"; between
jq -n --arg id "$id" --arg m "$(field '.disclosures[0].manifest_sha256')" '{confirm: $id, manifest: $m}' | act rafael release >/dev/null
say "released by rafael"; between

# What was mailed: once each, and not a word of what the case is about.
link() { curl -fsS "$WALK_MAIL" | jq -er --arg id "$id" '.[] | select((.text | contains("/portal/delivery/")) and (.subject + .text | contains($id))) | .text' |
	grep -o 'http[^ ]*/portal/delivery/[A-Za-z0-9_-]*' | head -1; }
until_true 60 link
curl -fsS "$WALK_MAIL" > "$work/mail.json"
jq -e '[group_by(.message_id)[] | length] | all(. == 1)' "$work/mail.json" >/dev/null || fail "a mail stands twice"
for subject in 'has been received' 'concerns your account' 'is ready to be fetched'; do
	[ "$(jq -r '.[].subject' "$work/mail.json" | grep -c "$id.*$subject")" = 1 ] || fail "not one mail \"$subject\""
	say "mail: $(jq -r '.[] | select(.subject | contains("'"$subject"'")) | .subject + " (to " + .to[0] + ", taken once)"' "$work/mail.json")"
done
! grep -qi 'harbor-lights\|wire fraud\|Whitfield' <(jq -r '.[] | .subject + .text' "$work/mail.json") || fail "a mail says what it must not"

# The officer takes the parcel, and opens it with public tools.
curl -fsS "$(link)" -o "$work/$id.tar.age"
curl -fsS "$WALK_URL/api/v1/keys" | jq -r '.keys[] | select(.use == "manifest") | .pem' > "$work/signer.pem"
"$starter" parcel verify "$work/$id.tar.age" --identity "$work/officer.key" --signer "$work/signer.pem"
mkdir "$work/open"
age -d -i "$work/officer.key" "$work/$id.tar.age" | tar -x -C "$work/open"
(cd "$work/open" && sha256sum --quiet -c SHA256SUMS && openssl pkeyutl -verify -rawin -pubin -inkey "$work/signer.pem" -in manifest.json -sigfile manifest.sig)
grep -q 'harbor.lights@example.net' "$work/open/records/subscriber.csv" || fail "the account's records are not in the parcel"
[ "$(ls "$work/open/records" | sort | tr '\n' ' ')" = 'content.csv subscriber.csv traffic.csv ' ] || fail "other files than the approved ones"
account=$(field '.accounts[0].account')
for f in "$work"/open/records/*.csv; do
	awk -F, -v who="$account" 'NR == 1 && $1 != "account" || NR > 1 && $1 != who { exit 1 }' "$f" || fail "another account's records in $f"
	grep -oE '20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z' "$f" | awk '$0 < "2026-06-01" || $0 >= "2026-11-01" { exit 1 }' || fail "a record outside the time range in $f"
	say "$(basename "$f"): $(($(wc -l < "$f") - 1)) lines, all of $account, all in the range"
done
until_true 60 is .stage closed
[ -z "${WALK_KILL:-}" ] || say "killed and started again $kills times; each mail taken $(curl -fsS "$WALK_MAIL" | jq -c 'map(.deliveries) | unique') time"
say "closed: $(field .resolution), $(as olivia case events "$id" --json | jq -r '[.events[].verb] | join(" ")')"

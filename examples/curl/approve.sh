#!/usr/bin/env bash
# Ask a person for approval and wait for the answer, for as long as it takes; needs bash and curl.
#
#   ./approve.sh ["Deploy model v2.3 to production"]
#
# Ends with 0 when approved, 3 when rejected, 4 when it expired or was canceled.
set -euo pipefail

task=${*:-Deploy model v2.3 to production}
base_url=${AXME_BASE_URL:-http://127.0.0.1:8420}
if [ -z "${AXME_API_KEY:-}" ]; then
  echo 'Set AXME_API_KEY to the agent key that `axme up` printed.' >&2
  exit 2
fi

# The key goes through a file, not the command line: other users can read that.
call() {
  curl -s -H @<(printf 'x-api-key: %s\n' "$AXME_API_KEY") -w '\nhttp: %{http_code}\n' "$@" || true
}

refused() {
  echo "The server refused with $1: $2" >&2
  exit 1
}

away() {
  echo 'The server is away, trying again.' >&2
  sleep 1
}

# 1. Send. The same work has the same idempotency key, so a repetition never asks twice.
escaped=$(printf '%s' "$task" | sed 's/[\\"]/\\&/g')
request='{"intent_type":"human_approval","to_agent":"agent://approver","payload":{"task":"'$escaped'","risk_level":"high"}}'
key=$(printf '%s' "$request" | { sha256sum 2>/dev/null || shasum -a 256; } | cut -c1-64)
while true; do
  answer=$(call -X POST "$base_url/v1/intents" -H 'Content-Type: application/json' \
    -H "Idempotency-Key: $key" -d "$request")
  case ${answer##*http: } in
    2*) break ;;
    000 | 429 | 5*) away ;;
    *) refused "${answer##*http: }" "${answer%http: *}" ;;
  esac
done
intent_id=$(printf '%s' "$answer" | sed -n 's/.*"intent_id" *: *"\([0-9a-f-]*\)".*/\1/p' | head -n 1)
echo "Waiting for a person. In another terminal: ./axme tasks approve $intent_id"

# 2. Wait. Each stream repeats what happened so far, then goes on live for a minute; a broken one is opened again.
decided() {
  case $1 in
    intent.completed) echo approved; exit 0 ;;
    intent.canceled) echo canceled; exit 4 ;;
    intent.timed_out) echo expired; exit 4 ;;
    intent.failed)
      case $2 in
        *'"reason":"rejected"'*) echo rejected; exit 3 ;;
        *) echo "failed: $2" >&2; exit 1 ;;
      esac ;;
  esac
}
while true; do
  event='' body='' status=000
  while IFS= read -r line; do
    case $line in
      'event: '*) event=${line#event: } ;;
      'data: '*) decided "$event" "${line#data: }" ;;
      'http: '*) status=${line#http: } ;;
      *) body+=$line ;;
    esac
  done < <(call -N --max-time 90 "$base_url/v1/intents/$intent_id/events/stream?wait_seconds=60")
  case $status in
    4*) [ "$status" = 429 ] || refused "$status" "$body" ;;
  esac
  [ "$event" = stream.timeout ] || away
done

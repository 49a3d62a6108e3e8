"""Ask a person for approval and wait for the answer, for as long as it takes.

    python approve.py ["Deploy model v2.3 to production"]

Ends with 0 when approved, 3 when rejected, 4 when it expired or was canceled.
"""

import hashlib
import os
import sys
import time

import httpx
from axme import AxmeClient, AxmeClientConfig, AxmeHttpError, AxmeRateLimitError, AxmeServerError


def patiently(call):
    """Repeats a call while the server is away: the approval is safe on its disk meanwhile."""
    while True:
        try:
            return call()
        except (httpx.TransportError, AxmeServerError, AxmeRateLimitError) as problem:
            print(f"The server is away, trying again: {problem}", file=sys.stderr, flush=True)
            time.sleep(1)


def main():
    task = " ".join(sys.argv[1:]) or "Deploy model v2.3 to production"
    base_url = os.environ.get("AXME_BASE_URL") or "http://127.0.0.1:8420"
    api_key = os.environ.get("AXME_API_KEY")
    if not api_key:
        print("Set AXME_API_KEY to the agent key that `axme up` printed.", file=sys.stderr)
        return 2

    client = AxmeClient(AxmeClientConfig(base_url=base_url, api_key=api_key))
    # The same work has the same key: started again, this program finds its request instead of asking twice.
    key = hashlib.sha256(task.encode()).hexdigest()

    intent_id = patiently(lambda: client.send_intent(
        {"intent_type": "human_approval", "to_agent": "agent://approver",
         "payload": {"task": task, "risk_level": "high"}},
        idempotency_key=key))
    print(f"Waiting for a person. In another terminal: ./axme tasks approve {intent_id}", flush=True)
    result = patiently(lambda: client.wait_for(intent_id, timeout_seconds=604800))

    data = result.get("data", {})
    if data.get("approved"):
        print(f"approved by {data.get('decided_by')}: {data.get('comment') or 'no comment'}")
        return 0
    if data.get("approved") is False:
        print(f"rejected by {data.get('decided_by')}: {data.get('comment') or 'no comment'}")
        return 3
    print(result["status"].lower())
    return 4 if result["status"] in ("TIMED_OUT", "CANCELED") else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except AxmeHttpError as refusal:
        sys.exit(f"The server refused: {refusal}")
    except TimeoutError:
        print("still pending: start it again to go on waiting", file=sys.stderr)
        sys.exit(5)

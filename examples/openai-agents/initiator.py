"""Gives the agent a task and waits for its answer, for as long as it takes.

    python initiator.py ["The vase of order 1042 arrived broken."]
"""

import hashlib
import os
import sys
import time

import httpx
from axme import AxmeClient, AxmeClientConfig, AxmeHttpError, AxmeRateLimitError, AxmeServerError
from dotenv import load_dotenv


def patiently(call):
    """Repeats a call while the server is away: the task is safe on its disk meanwhile."""
    while True:
        try:
            return call()
        except (httpx.TransportError, AxmeServerError, AxmeRateLimitError) as problem:
            print(f"The server is away, trying again: {problem}", file=sys.stderr, flush=True)
            time.sleep(1)


def main():
    load_dotenv()
    task = " ".join(sys.argv[1:]) or "The vase of order 1042 arrived broken."
    client = AxmeClient(AxmeClientConfig(
        base_url=os.environ.get("AXME_BASE_URL") or "http://127.0.0.1:8420",
        api_key=os.environ.get("AXME_API_KEY") or sys.exit("Set AXME_API_KEY to what `axme scenarios key order-desk` prints.")))

    # The same words have the same key: started again, this program finds its task instead of giving it twice.
    intent_id = patiently(lambda: client.send_intent(
        {"intent_type": "order.problem.v1", "to_agent": os.environ.get("AXME_AGENT") or "order-desk",
         "payload": {"task": task}},
        idempotency_key=hashlib.sha256(task.encode()).hexdigest()))
    print(f"Sent {intent_id}", flush=True)
    end = patiently(lambda: client.wait_for(intent_id))

    print(end.get("data", {}).get("answer") or end["status"].lower())
    return 0 if end["status"] == "COMPLETED" else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except AxmeHttpError as refusal:
        sys.exit(f"The server refused: {refusal}")

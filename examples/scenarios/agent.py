"""The agents of these scenarios: what each of them does, and the one loop that they share.

    python agent.py NAME

Kill it anywhere and start it again: it keeps nothing, and the server delivers again what is not finished.
"""

import os
import sys
import time

import httpx
from axme import AxmeClient, AxmeClientConfig, AxmeHttpError, AxmeRateLimitError, AxmeServerError


def write_notes(task, step):
    lines = [f"Version {task['version']}", *(f"- {change}" for change in task["changes"])]
    return {"notes": "\n".join(lines)}


def revoke(task, step):
    # A real one calls the system in question: to take a right away twice is as good as once.
    return {"revoked": f"{task['person']} has no access to {task['system']} any more"}


def pay(task, step):
    # A real one gives the step's intent id to the bank as the key that makes this payment happen once.
    return {"paid_cents": task["amount_cents"], "to": task["to"]}


def check_records(task, step):
    return {"missing": [field for field in step["input"]["needed"] if field not in task["records"]]}


def score_risk(task, step):
    risk = 40 * len(step["previous_results"]["check"]["missing"])
    return {"risk": risk, "high": risk >= step["input"]["high_risk_from"]}


WORK = {
    "release-writer": write_notes,
    "access-desk": revoke,
    "payment-desk": pay,
    "record-checker": check_records,
    "risk-scorer": score_risk,
}


def patiently(call):
    """Repeats a call while the server is away."""
    while True:
        try:
            return call()
        except (httpx.TransportError, AxmeServerError, AxmeRateLimitError) as problem:
            print(f"The server is away, trying again: {problem}", file=sys.stderr, flush=True)
            time.sleep(1)


def work_on(client, name, intent_id):
    intent = patiently(lambda: client.get_intent(intent_id))["intent"]
    if intent["status"] in ("COMPLETED", "FAILED", "CANCELED", "TIMED_OUT"):
        return
    step = intent["payload"]
    print(f"Working on {step['step_id']} of {step['parent_intent_id']}", flush=True)
    result = WORK[name](step["parent_payload"], step)
    try:
        patiently(lambda: client.resume_intent(intent_id, {"action": "complete", **result}))
    except AxmeHttpError as refusal:
        if refusal.status_code != 409:  # 409: it has ended, perhaps by an earlier resume whose answer got lost
            raise
    print(f"Done: {result}", flush=True)


def main():
    name = sys.argv[1] if len(sys.argv) == 2 else ""
    if name not in WORK:
        sys.exit(f"Say which agent to be: {', '.join(WORK)}")
    client = AxmeClient(AxmeClientConfig(
        base_url=os.environ.get("AXME_BASE_URL") or "http://127.0.0.1:8420",
        api_key=os.environ.get("AXME_API_KEY")
        or sys.exit(f"Set AXME_API_KEY to what `axme scenarios key {name}` prints.")))
    print(f"{name} listens", flush=True)
    seen = 0  # from the start: the server delivers again what is still open
    while True:
        delivery = patiently(lambda: next(client.listen(name, since=seen)))
        work_on(client, name, delivery["intent_id"])
        seen = delivery["seq"]


if __name__ == "__main__":
    try:
        main()
    except AxmeHttpError as refusal:
        sys.exit(f"The server refused: {refusal}")
    except KeyboardInterrupt:
        sys.exit(130)

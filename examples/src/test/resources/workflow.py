"""A workflow by the published client alone: validate, apply, the agent's part, and the wait for its end.

    python workflow.py BASE_URL LOGIN_KEY AGENT_KEY AGENT_ADDRESS
"""

import sys
import threading

from axme import AxmeClient, AxmeClientConfig, AxmeHttpError

BASE_URL, LOGIN_KEY, AGENT_KEY, AGENT = sys.argv[1:]

SCENARIO = {
    "scenario_id": "tests.published_client",
    "agents": [{"role": "checker", "address": AGENT, "display_name": "Checker"}],
    "humans": [{"role": "operator", "display_name": "Operator"}],
    "workflow": {"steps": [
        {"step_id": "check", "tool_id": "tool.agent.task.v1", "assigned_to": "checker", "on_success": "sign_off"},
        {"step_id": "sign_off", "tool_id": "tool.approval.human_signoff", "assigned_to": "operator",
         "human_task": {"title": "Sign off?"}, "on_success": "complete"}]},
    "intent": {"type": "change.check.v1", "payload": {"change": "CHG-1"}},
}


def connect(key):
    return AxmeClient(AxmeClientConfig(base_url=BASE_URL, api_key=key))


def work():
    """The loop of an agent that reads frames one by one, and handles one job."""
    client = connect(AGENT_KEY)
    for delivery in client.listen(AGENT):
        if delivery.get("intent_id") and delivery.get("status") in ("DELIVERED", "CREATED", "IN_PROGRESS"):
            intent = client.get_intent(delivery["intent_id"])["intent"]
            payload = intent["payload"].get("parent_payload") or intent["payload"]
            print("working on", payload["change"], flush=True)
            client.resume_intent(delivery["intent_id"], {"action": "complete", "checked": payload["change"]})
            try:
                client.resume_intent(delivery["intent_id"], {"action": "complete", "checked": "again"})
            except AxmeHttpError as late:
                print("late:", late.status_code, flush=True)
            return


def main():
    client = connect(LOGIN_KEY)
    wrong = {**SCENARIO, "workflow": {"steps": [{"step_id": "a", "assigned_to": "nobody", "on_success": "b"}]}}
    print("errors:", len(client.validate_scenario(wrong)["errors"]) > 0, flush=True)
    print("valid:", client.validate_scenario(SCENARIO)["valid"], flush=True)
    try:
        client.apply_scenario(wrong)
    except AxmeHttpError as refused:
        print("refused:", refused.status_code, flush=True)

    applied = client.apply_scenario(SCENARIO, idempotency_key="once")
    again = client.apply_scenario(SCENARIO, idempotency_key="once")
    # The same answer, which says of itself that it is a repeat.
    print("same:", again == {**applied, "idempotent": True}, flush=True)
    intent_id = applied["intent_id"]
    threading.Thread(target=work, daemon=True).start()

    for event in client.observe(intent_id):
        print(event["seq"], event["event_type"], event["status"], flush=True)
        if event["event_type"] == "intent.human_task_assigned":
            print("approve", intent_id, flush=True)
        if event["event_type"] in ("intent.completed", "intent.failed", "intent.canceled", "intent.timed_out"):
            break
    read = client.get_intent(intent_id)
    print("end:", read["status"], read["result"]["checked"], read["intent"]["result"]["steps"]["sign_off"]["status"])


main()

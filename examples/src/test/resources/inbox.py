"""Inboxes by the published client alone: an agent that polls, a result in an inbox, threads and approvals.

    python inbox.py BASE_URL LOGIN_KEY AGENT_KEY AGENT_ADDRESS
"""

import sys
import uuid

from axme import AxmeClient, AxmeClientConfig, AxmeHttpError

BASE_URL, LOGIN_KEY, AGENT_KEY, AGENT = sys.argv[1:]
INBOX = "agent://examples/results"
BOSS = "agent://examples/boss"


def connect(key):
    return AxmeClient(AxmeClientConfig(base_url=BASE_URL, api_key=key))


def say(what, value):
    print(f"{what}: {value}", flush=True)


def refused(call):
    try:
        call()
        return "no"
    except AxmeHttpError as problem:
        return problem.status_code


def poll(client, since):
    """Opens the stream for a moment; what came, and the number to go on from."""
    came = []
    try:
        for delivery in client.listen(AGENT, since=since, wait_seconds=1, timeout_seconds=2.5):
            if delivery.get("intent_id"):
                came.append(delivery["intent_id"])
                since = delivery["seq"]
    except TimeoutError:
        pass
    return came, since


def send(client, task, **more):
    return client.send_intent({"intent_type": "report.build.v1", "to_agent": AGENT, "payload": {"task": task}, **more})


def bindings(client):
    one = send(client, "one", reply_to=INBOX)
    came, since = poll(client, 0)
    say("polled", came == [one])
    two = send(client, "two")
    came, since = poll(client, since)
    say("went on", came == [two])
    say("nothing new", poll(client, since)[0] == [])
    client.resume_intent(one, {"action": "complete", "pages": 42})
    thread = client.list_inbox(owner_agent=INBOX)["threads"][0]
    say("result", (thread["thread_id"] == one, thread["status"], thread["messages"][0]["content"]))
    return two


def threads(client, sent):
    seen = client.list_inbox_changes(owner_agent=AGENT, limit=1000)
    cursor = seen["next_cursor"]
    replied = client.reply_inbox_thread(sent, message="Which month?", owner_agent=AGENT, idempotency_key="r")
    again = client.reply_inbox_thread(sent, message="Which month?", owner_agent=AGENT, idempotency_key="r")
    say("replied", (replied["thread"]["status"], again == replied))
    unknown = str(uuid.uuid4())
    begun = client.reply_inbox_thread(unknown, message="Hello", owner_agent=INBOX)
    say("begun", begun["thread"]["thread_id"] == unknown)
    client.delegate_inbox_thread(sent, {"delegate_to": BOSS, "note": "yours"}, owner_agent=AGENT)
    theirs = client.get_inbox_thread(sent, owner_agent=BOSS)
    say("delegated", [m["content"] for m in theirs["messages"]])
    changes = client.list_inbox_changes(owner_agent=AGENT, cursor=cursor)["changes"]
    say("changes", [change["thread"]["thread_id"] == sent for change in changes])
    say("marked", client.approve_inbox_thread(sent, {"comment": "ok"}, owner_agent=AGENT)["thread"]["status"])
    say("bad cursor", refused(lambda: client.list_inbox_changes(cursor="zz")))
    deleted = client.delete_inbox_messages(sent, {"mode": "both", "limit": 1}, owner_agent=AGENT)
    say("deleted", (deleted["deleted_count"], [m["role"] for m in deleted["thread"]["messages"]]))


def approvals(client, person):
    def ask():
        return client.send_intent({"intent_type": "human_approval", "to_agent": BOSS, "payload": {"task": "Deploy"}})

    asked = ask()
    say("agent", refused(lambda: client.approve_inbox_thread(asked, {}, owner_agent=BOSS)))
    say("person", person.approve_inbox_thread(asked, {"comment": "go"}, owner_agent=BOSS)["thread"]["status"])
    say("waited", client.wait_for(asked, timeout_seconds=10)["data"]["approved"])
    asked = ask()
    first = person.decide_approval(asked, decision="reject", comment="no")
    say("rejected", person.decide_approval(asked, decision="reject") == first)
    say("otherwise", refused(lambda: person.decide_approval(asked, decision="approve")))
    say("unknown", client.decide_approval(str(uuid.uuid4()), decision="approve")["approval"]["decision"])


def main():
    client = connect(AGENT_KEY)
    threads(client, bindings(client))
    approvals(client, connect(LOGIN_KEY))


main()

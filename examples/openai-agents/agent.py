"""An agent that looks after orders, and asks a person before it pays money back.

Stop it whenever you like, with kill -9, for days: the next start goes on where this one was. Read work_on() first.
"""

import asyncio
import json
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor

import httpx
from agents import Agent, Runner, RunState, set_default_openai_api
from axme import AxmeClient, AxmeClientConfig, AxmeHttpError, AxmeRateLimitError, AxmeServerError
from dotenv import load_dotenv

from tools import STATE, look_up_order, refund

load_dotenv()
client = AxmeClient(AxmeClientConfig(
    base_url=os.environ.get("AXME_BASE_URL") or "http://127.0.0.1:8420",
    api_key=os.environ.get("AXME_API_KEY") or sys.exit("Set AXME_API_KEY to what `axme scenarios key order-desk` prints.")))
ADDRESS = os.environ.get("AXME_AGENT") or "order-desk"
set_default_openai_api(os.environ.get("OPENAI_API") or "responses")
agent = Agent(name="Order desk", tools=[look_up_order, refund], instructions=(
    "Solve the customer's problem. Look the order up first. Refund what is broken. Answer in one sentence."))


async def work_on(intent_id):
    """From the task to its answer, with as many stops as the run needs approvals."""
    file = STATE / f"{intent_id}.json"
    while task := await task_of(intent_id):
        if not file.exists():
            run = await Runner.run(agent, task)
        else:
            # Read from disk even when this process wrote it: with and without a crash, the path is the same.
            saved = json.loads(file.read_text())
            state = await RunState.from_json(agent, saved["run"])
            await ask(state, task, saved, file)
            await decide(state, saved["approvals"])
            if not await task_of(intent_id):
                print(f"Dropped {intent_id}: it ended while a person was thinking", flush=True)
                break
            run = await Runner.run(agent, state, context=saved["approvals"])
        if run.interruptions:
            # Saved before anybody is asked, and never prompted for again: what runs is what was approved.
            save(file, {"run": run.to_state().to_json(), "approvals": {}})
        else:
            await complete(intent_id, run.final_output)
    file.unlink(missing_ok=True)
    print(f"Done with {intent_id}", flush=True)


async def task_of(intent_id):
    """What is to be done, or None when that has ended."""
    intent = (await patiently(client.get_intent, intent_id))["intent"]
    if intent["status"] in ("COMPLETED", "FAILED", "CANCELED", "TIMED_OUT"):
        return None
    return (intent["payload"].get("parent_payload") or intent["payload"])["task"]  # the parent is a scenario's


async def ask(state, task, saved, file):
    """Asks a person about each tool call that the run stopped at."""
    for call in state.get_interruptions():
        if call.call_id not in saved["approvals"]:
            request = {
                "intent_type": "human_approval", "to_agent": "agent://approver",
                "human_task": {"title": f"May the agent call {call.name}?", "task_type": "approval"},
                "payload": {"task": task, "tool": call.name, "arguments": json.loads(call.arguments)}}
            # Made of the work: killed before the next line, it finds this request again instead of making another.
            key = f"{file.stem}:{call.call_id}"
            saved["approvals"][call.call_id] = await patiently(client.send_intent, request, idempotency_key=key)
            save(file, saved)
        print(f"Waiting for a person: ./axme tasks approve {saved['approvals'][call.call_id]}", flush=True)


async def decide(state, approvals):
    """Waits for the answers and puts them into the state."""
    for call in state.get_interruptions():
        end = await patiently(client.wait_for, approvals[call.call_id])
        asked = (await patiently(client.get_intent, approvals[call.call_id]))["intent"]["payload"]
        if asked["arguments"] != json.loads(call.arguments):
            raise ValueError(f"the saved state is not the one that {approvals[call.call_id]} was asked for")
        if end["data"].get("approved"):
            state.approve(call)
        else:  # rejected, expired or canceled
            state.reject(call, rejection_message=f"Not approved: {end['data'].get('comment') or end['status']}")


async def complete(intent_id, answer):
    """Ends the task."""
    try:
        await patiently(client.resume_intent, intent_id, {"action": "complete", "answer": answer})
    except AxmeHttpError as refusal:
        if refusal.status_code != 409:  # 409: it has ended, by an earlier resume whose answer got lost
            raise
    print(f"Answered: {answer}", flush=True)


async def patiently(call, *arguments, **options):
    """Repeats a call while the server is away. The client blocks, so a thread carries the call."""
    while True:
        try:
            return await asyncio.to_thread(call, *arguments, **options)
        except (httpx.TransportError, AxmeServerError, AxmeRateLimitError) as problem:
            print(f"The server is away, trying again: {problem}", file=sys.stderr, flush=True)
            await asyncio.sleep(1)


def save(file, values):
    """On disk as a whole or not at all."""
    beside = file.with_suffix(".new")
    with open(beside, "w") as out:
        json.dump(values, out)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)


async def main():
    STATE.mkdir(mode=0o700, parents=True, exist_ok=True)
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1000))  # a thread for each approval
    busy = set()

    async def begin(intent_id):
        if intent_id in busy:
            return  # the same work may be delivered twice
        busy.add(intent_id)
        try:
            await work_on(intent_id)
        except Exception as problem:
            print(f"{intent_id} stays open for the next start: {problem!r}", file=sys.stderr, flush=True)
        busy.remove(intent_id)

    async with asyncio.TaskGroup() as work:
        for saved in STATE.glob("*.json"):
            work.create_task(begin(saved.stem))
        seen = 0  # from the start: the server delivers again what is still open
        while True:
            try:
                delivery = await patiently(lambda: next(client.listen(ADDRESS, since=seen)))
            except AxmeHttpError as refusal:
                print(f"The server refused: {refusal}", file=sys.stderr, flush=True)
                os._exit(1)  # at once, though threads may wait for approvals
            seen = delivery["seq"]
            work.create_task(begin(delivery["intent_id"]))


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it at once: there is nothing to tidy up
    asyncio.run(main())

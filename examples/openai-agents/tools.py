"""What the agent can do: look an order up, and pay money back."""

import json
import os
import sqlite3
from pathlib import Path

from agents import function_tool
from agents.tool_context import ToolContext

STATE = Path(os.environ.get("STATE_DIR") or Path(__file__).parent / "state")
ORDERS = {"1042": {"item": "glass vase", "paid_cents": 4990, "status": "delivered"}}


@function_tool
def look_up_order(order_id: str) -> str:
    """Finds an order by its number."""
    return json.dumps(ORDERS.get(order_id, "no such order"))


@function_tool(needs_approval=True)
def refund(context: ToolContext[dict], order_id: str, amount_cents: int) -> str:
    """Pays money back for an order."""
    approval = context.context[context.tool_call_id]
    # The approval's id makes it happen once, however often this runs. A payment provider takes such an id as the
    # idempotency key of a payment; this table stands in for one.
    with sqlite3.connect(STATE / "refunds.db") as ledger:
        ledger.execute("CREATE TABLE IF NOT EXISTS refunds (approval TEXT PRIMARY KEY, order_id TEXT, cents INT)")
        payment = (approval, order_id, amount_cents)
        new = ledger.execute("INSERT OR IGNORE INTO refunds VALUES (?, ?, ?)", payment).rowcount
    print(f"{'Refunded' if new else 'Had refunded'} {amount_cents} cents by approval {approval}", flush=True)
    return f"Refunded {amount_cents} cents for order {order_id}."

"""Takes webhooks, checks that they come from our server, and prints a line for each event.

AXME_WEBHOOK_SECRET is what `axme webhooks create` printed. The port is the first argument; 0 takes a free one.
"""

import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks import Webhook, WebhookVerificationError

webhook = Webhook(os.environ["AXME_WEBHOOK_SECRET"])
seen = set()  # an event may come twice; what must not happen twice needs a place that survives a restart


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            event = webhook.verify(body, dict(self.headers.items()))
        except WebhookVerificationError as e:
            self.answer(401)
            print(f"refused: {e}", flush=True)
            return
        self.answer(204)
        if event["event_id"] not in seen:
            seen.add(event["event_id"])
            handle(event)

    def answer(self, status):
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        pass


def handle(event):
    payload = event["payload"]
    if event["event_type"] == "task.decided":
        decision = payload["decision"]
        print(f"{decision['outcome']} by {decision['decided_by']}: {payload['title']}", flush=True)
    else:
        print(f"{event['event_type']} {payload.get('intent_id', '')}", flush=True)


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver)
print(f"listening on http://127.0.0.1:{server.server_port}/", flush=True)
server.serve_forever()

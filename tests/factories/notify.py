"""GOV.UK Notify on this machine: a real HTTP server that speaks as much of its API as the product uses."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from notifications_python_client.authentication import decode_jwt_token, get_token_issuer
from notifications_python_client.errors import TokenError

SERVICE, SECRET = "5d0c1a7e-6b8a-4c55-9d4e-0f2f3a1b2c3d", "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"
API_KEY = f"careplan_test-{SERVICE}-{SECRET}"
EMAIL_TEMPLATE, TEXT_TEMPLATE = "11111111-2222-4333-8444-555555555555", "66666666-7777-4888-8999-aaaaaaaaaaaa"
VANISH = 0  # takes the message and cuts the line before it answers


@dataclass
class NotifyServer:
    """What it was given, and how it answers next: statuses are used up one by one, then it answers well."""

    url: str = ""
    taken: list[dict[str, Any]] = field(default_factory=list)
    next_answers: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def becomes(self, status: str) -> None:
        """What it says of everything that it was given."""
        for notification in self.taken:
            notification["status"] = status


@contextmanager
def running_notify() -> Iterator[NotifyServer]:
    """Serves on a free port of this machine until the test ends."""
    server = NotifyServer()
    listening = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"notify": server}))
    server.url = f"http://127.0.0.1:{listening.server_port}"
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        thread.join(10)
        listening.server_close()


class _Handler(BaseHTTPRequestHandler):
    notify: NotifyServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.notify.asked.append(f"POST {self.path}")
        status = self.notify.next_answers.pop(0) if self.notify.next_answers else 201
        if not self._is_ours():
            self._say(403, {"errors": [{"error": "AuthError", "message": "Invalid token: service not found"}]})
        elif status not in (201, VANISH):
            self._say(status, {"errors": [{"error": "Error", "message": f"refused with {status}"}]})
        else:
            kind = self.path.rsplit("/", 1)[-1]
            notification = {**body, "id": str(uuid4()), "type": kind, "status": "created"}
            self.notify.taken.append(notification)
            if status == VANISH:
                self.close_connection = True
            else:
                self._say(201, {"id": notification["id"], "reference": body["reference"]})

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.notify.asked.append(f"GET {parts.path}")
        if not self._is_ours():
            self._say(403, {"errors": [{"error": "AuthError", "message": "Invalid token: service not found"}]})
        elif parts.path == "/v2/notifications":
            reference = parse_qs(parts.query)["reference"][0]
            found = [n for n in self.notify.taken if n["reference"] == reference]
            self._say(200, {"notifications": found, "links": {}})
        else:
            wanted = parts.path.rsplit("/", 1)[-1]
            found = [n for n in self.notify.taken if n["id"] == wanted]
            self._say(200 if found else 404, found[0] if found else {"errors": [{"message": "No result found"}]})

    def log_message(self, *_: Any) -> None:
        """Tests read what was asked, not a log."""

    def _is_ours(self) -> bool:
        token = self.headers["Authorization"].removeprefix("Bearer ")
        try:
            decode_jwt_token(token, SECRET)
        except TokenError:
            return False
        return bool(get_token_issuer(token) == SERVICE)

    def _say(self, status: int, body: dict[str, Any]) -> None:
        said = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

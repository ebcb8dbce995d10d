"""Handing messages to GOV.UK Notify, by its own client.

Notify does not refuse a reference that it knows, so nothing is handed over a second time before it was asked for.
"""

from dataclasses import dataclass
from typing import Any, cast

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from careplan.config import Messages
from careplan.notices.domain.message import Channel, Message, is_final

PATIENCE = 20  # seconds; a worker that is to stop has twenty-five


class NotTaken(Exception):
    """Notify did not take the message, or did not answer; `final` says that asking again would not help."""

    def __init__(self, why: str, *, final: bool) -> None:
        super().__init__(why)
        self.why = why
        self.final = final


@dataclass(frozen=True, slots=True)
class Notify:
    """Our account there, with the page to which every message leads."""

    settings: Messages
    address: str

    def hand_over(self, message: Message) -> str:
        """Gives Notify's own id for the message, which it has now, or had from an earlier attempt.  Raises NotTaken."""
        try:
            known = self._find(message) if message.attempts > 1 else None
            return known or str(self._send(message)["id"])
        except APIError as refused:
            raise _not_taken(refused) from refused

    def status_of(self, message: Message) -> str:
        """What became of a message that it has, in its own word.  Raises NotTaken."""
        try:
            return str(self._client().get_notification_by_id(message.sent_as)["status"])
        except APIError as refused:
            raise _not_taken(refused) from refused

    def _find(self, message: Message) -> str | None:
        """Its id there, where an attempt of which we heard no more had reached it."""
        found = self._client().get_all_notifications(reference=str(message.id))["notifications"]
        return str(found[0]["id"]) if found else None

    def _send(self, message: Message) -> Any:
        said = {"personalisation": {"address": self.address}, "reference": str(message.id)}
        if message.channel is Channel.EMAIL:
            return self._client().send_email_notification(message.to, self.settings.email_template, **said)
        return self._client().send_sms_notification(message.to, self.settings.text_template, **said)

    def _client(self) -> Any:
        return cast(Any, NotificationsAPIClient)(
            self.settings.api_key, base_url=self.settings.api_url, timeout=PATIENCE
        )


def _not_taken(refused: APIError) -> NotTaken:
    said = refused.message
    why = said if isinstance(said, str) else "; ".join(str(error.get("message", "")) for error in said)
    return NotTaken(f"GOV.UK Notify answered {refused.status_code}: {why}", final=is_final(refused.status_code))

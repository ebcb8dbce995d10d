"""A message outside the product: that there is something new. It names nobody and says nothing of anyone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from uuid import UUID

from careplan.kernel.email import checked_email
from careplan.kernel.errors import invalid
from careplan.kernel.phone import checked_mobile

WORDS = "There is something new in a care plan. Sign in to read it: {address}"
NEWS = "news"  # the one kind of message there is, as Notify's template is kept by
# Several moves within a minute make one message; after it, the next waits for an hour, unless it is about a concern.
QUIET = timedelta(minutes=1)
LEAST_GAP = timedelta(hours=1)
# How long a sender may take before another worker asks what became of the message.
LEASE = timedelta(minutes=10)
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720))
# When to ask Notify what became of it, counted from one question to the next; it answers within three days.
LOOKS = tuple(timedelta(minutes=m) for m in (2, 10, 60, 360, 1440, 2880))
# Of the answers 4xx these may change by themselves or by a changed key; the others stay as they are.
PASSING = frozenset({401, 403, 408, 429})
DELIVERED = "delivered"
LOST = {
    "permanent-failure": "There is no such address or number.",
    "temporary-failure": "It could not be delivered: the inbox is full, or the phone has been off for days.",
    "technical-failure": "GOV.UK Notify could not send it.",
    "virus-scan-failed": "GOV.UK Notify could not send it.",
}


class Channel(StrEnum):
    """By what somebody is reached outside the product."""

    EMAIL = "email"
    TEXT = "text"

    @property
    def words(self) -> str:
        return {Channel.EMAIL: "E-mail", Channel.TEXT: "Text message"}[self]


class MessageState(StrEnum):
    """What became of a message. Where its channel is switched off one is kept to be read, and is never sent."""

    KEPT = "kept"
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


class Step(Enum):
    """What happens to a message."""

    CLAIM = "claimed"
    ACCEPT = "accepted"
    PUT_OFF = "put off"
    GIVE_UP = "given up"
    ARRIVE = "delivered"
    AGAIN = "sent again"


# A message that is being sent can be claimed again, once its lease is over: its sender may have died.
TRANSITIONS: dict[tuple[MessageState, Step], MessageState] = {
    (MessageState.WAITING, Step.CLAIM): MessageState.SENDING,
    (MessageState.SENDING, Step.CLAIM): MessageState.SENDING,
    (MessageState.SENDING, Step.ACCEPT): MessageState.SENT,
    (MessageState.SENDING, Step.PUT_OFF): MessageState.WAITING,
    (MessageState.SENDING, Step.GIVE_UP): MessageState.FAILED,
    (MessageState.SENT, Step.ARRIVE): MessageState.DELIVERED,
    (MessageState.FAILED, Step.AGAIN): MessageState.WAITING,
    (MessageState.SENT, Step.GIVE_UP): MessageState.FAILED,
}


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `attempts` counts the claims; `sent_as` is Notify's name for it; `problem` says what is wrong."""

    id: UUID
    account_id: UUID
    channel: Channel
    to: str
    template: str
    words: str
    state: MessageState
    attempts: int
    created_at: datetime
    sent_at: datetime | None = None
    sent_as: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Preference:
    """How somebody wants to hear of news outside the product; no channel: not at all."""

    channel: Channel | None = None
    email: str | None = None
    mobile: str | None = None


def checked_preference(*, channel: Channel | None, email: str | None, mobile: str | None) -> Preference:
    """Raises Invalid where the chosen channel lacks its address, WrongEmail, WrongPhone."""
    wanted = Preference(channel, checked_email(email), checked_mobile(mobile))
    if channel is Channel.EMAIL and wanted.email is None:
        raise invalid("email", "Enter the address to which we write.")
    if channel is Channel.TEXT and wanted.mobile is None:
        raise invalid("mobile", "Enter the number to which we send.")
    return wanted


def is_final(status: int) -> bool:
    """Whether this answer stays as it is, however often one asks."""
    return 400 <= status < 500 and status not in PASSING


def next_try(*, attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many attempts; None: it is given up."""
    return now + WAITS[attempts - 1] if attempts <= len(WAITS) else None


def next_look(*, looks: int, now: datetime) -> datetime | None:
    """When to ask again what became of it, after asking so often; None: no more."""
    return now + LOOKS[looks] if looks < len(LOOKS) else None

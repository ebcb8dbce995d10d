"""What can be done with news and messages; nothing here commits."""

from careplan.notices.service.messaging import (
    claim_follow_up,
    claim_message,
    give_up,
    note_delivery,
    note_sent,
    put_off,
    write_messages,
)
from careplan.notices.service.preferring import choose_messages
from careplan.notices.service.telling import open_notice, read_all, tell

__all__ = [
    "choose_messages",
    "claim_follow_up",
    "claim_message",
    "give_up",
    "note_delivery",
    "note_sent",
    "open_notice",
    "put_off",
    "read_all",
    "tell",
    "write_messages",
]

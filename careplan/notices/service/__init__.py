"""What can be done with news and messages; nothing here commits."""

from careplan.notices.service.messaging import (
    claim_follow_up,
    claim_message,
    give_up,
    note_delivery,
    note_sent,
    put_off,
    send_again,
    write_messages,
)
from careplan.notices.service.preferring import choose_messages
from careplan.notices.service.telling import open_notice, read_all, tell
from careplan.notices.service.watching import tell_of_health

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
    "send_again",
    "tell",
    "tell_of_health",
    "write_messages",
]

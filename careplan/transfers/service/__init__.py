"""Moving one person's care to another provider, or that of many. Nothing here commits."""

from careplan.transfers.service.acting import NobodyToMove, go_on, start_act
from careplan.transfers.service.asking import (
    AskThePersonFirst,
    ask_provider,
    record_consultation,
    send_round,
)
from careplan.transfers.service.beginning import AlreadyMoving, begin_transfer, withdraw_transfer
from careplan.transfers.service.handing_over import NotAgreedYet, hand_over, settle_due, write_note

__all__ = [
    "AlreadyMoving",
    "AskThePersonFirst",
    "NobodyToMove",
    "NotAgreedYet",
    "ask_provider",
    "begin_transfer",
    "go_on",
    "hand_over",
    "record_consultation",
    "send_round",
    "settle_due",
    "start_act",
    "withdraw_transfer",
    "write_note",
]

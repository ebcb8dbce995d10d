"""The ledger: minutes move from one account to another and never appear or vanish."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.minutes import Minutes


class Account(StrEnum):
    """Where minutes stand. Of these only bank, reserved and contingency are held at nought or above."""

    SOURCE = "source"
    BANK = "bank"
    RESERVED = "reserved"
    CONTINGENCY = "contingency"
    DELIVERED = "delivered"
    UNFUNDED = "unfunded"
    EXPIRED = "expired"
    WRITTEN_OFF = "written_off"


HELD = frozenset({Account.BANK, Account.RESERVED, Account.CONTINGENCY})


class Kind(StrEnum):
    """Why minutes moved."""

    ALLOCATE = "allocate"
    TOP_UP = "top_up"
    RESERVE = "reserve"
    RELEASE = "release"
    DRAW = "draw"
    DRAW_UNFUNDED = "draw_unfunded"
    CONTINGENCY_DRAW = "contingency_draw"
    ABSORB = "absorb"
    ADJUST = "adjust"
    EXPIRE = "expire"
    CARRY_OUT = "carry_out"
    CARRY_IN = "carry_in"
    REVERSE = "reverse"


class Cause(StrEnum):
    """What an entry rests on; with its id it says where a minute comes from."""

    TERMS = "terms"
    VISIT = "visit"
    RECORD = "record"
    DRAW = "draw"
    ENTRY = "entry"
    DECISION = "decision"
    PERIOD = "period"
    PAUSE = "pause"
    ADJUSTMENT = "adjustment"


@dataclass(frozen=True, slots=True)
class Flow:
    """One way in which minutes may move."""

    kind: Kind
    source: Account
    target: Account


_A = Account
FLOWS: frozenset[Flow] = frozenset(
    {
        Flow(Kind.ALLOCATE, _A.SOURCE, _A.BANK),
        Flow(Kind.ALLOCATE, _A.SOURCE, _A.CONTINGENCY),
        Flow(Kind.TOP_UP, _A.SOURCE, _A.BANK),
        Flow(Kind.RESERVE, _A.BANK, _A.RESERVED),
        Flow(Kind.RELEASE, _A.RESERVED, _A.BANK),
        Flow(Kind.DRAW, _A.BANK, _A.DELIVERED),
        Flow(Kind.DRAW_UNFUNDED, _A.UNFUNDED, _A.DELIVERED),
        Flow(Kind.CONTINGENCY_DRAW, _A.CONTINGENCY, _A.UNFUNDED),
        Flow(Kind.CONTINGENCY_DRAW, _A.CONTINGENCY, _A.DELIVERED),
        Flow(Kind.ABSORB, _A.WRITTEN_OFF, _A.UNFUNDED),
        Flow(Kind.ADJUST, _A.BANK, _A.SOURCE),
        Flow(Kind.ADJUST, _A.SOURCE, _A.BANK),
        Flow(Kind.ADJUST, _A.CONTINGENCY, _A.SOURCE),
        Flow(Kind.EXPIRE, _A.BANK, _A.EXPIRED),
        Flow(Kind.EXPIRE, _A.CONTINGENCY, _A.EXPIRED),
        Flow(Kind.CARRY_OUT, _A.BANK, _A.SOURCE),
        Flow(Kind.CARRY_IN, _A.SOURCE, _A.BANK),
        Flow(Kind.CARRY_IN, _A.BANK, _A.SOURCE),
    }
)
_REVERSALS = frozenset(Flow(Kind.REVERSE, f.target, f.source) for f in FLOWS)
ALLOWED = FLOWS | _REVERSALS


class NoSuchFlow(ValueError):
    """Minutes cannot move in this way: the programme is wrong, not the person."""


def checked(flow: Flow) -> Flow:
    """The same flow.  Raises NoSuchFlow unless the table has it."""
    if flow not in ALLOWED:
        raise NoSuchFlow(f"{flow.kind} does not move minutes from {flow.source} to {flow.target}")
    return flow


def mirrored(flow: Flow) -> Flow:
    """The flow that takes one back."""
    return Flow(Kind.REVERSE, flow.target, flow.source)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a bank's ledger. `week` is 1 to 4 where the line belongs to a week; `minutes` is above nought."""

    id: UUID
    bank_id: UUID
    flow: Flow
    minutes: Minutes
    cause: Cause
    cause_id: UUID
    part: int
    posted_at: datetime
    posted_by: UUID
    week: int | None = None
    happened_on: date | None = None
    visit_id: UUID | None = None
    record_id: UUID | None = None
    reverses: UUID | None = None


Balances = Mapping[Account, Minutes]


def balances_of(entries: Iterable[Entry]) -> dict[Account, Minutes]:
    """What each account holds: the fold of a bank's entries, in any order."""
    held = dict.fromkeys(Account, 0)
    for entry in entries:
        held[entry.flow.source] -= entry.minutes
        held[entry.flow.target] += entry.minutes
    return {account: Minutes(minutes) for account, minutes in held.items()}

"""How a pay run and its lines stand: derived from what was done with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.money import Pence
from careplan.payments.domain.calendar import Span
from careplan.payments.domain.lines import Line


class StepKind(StrEnum):
    """What is done with a run (released, replaced by a later draft) or with a line (held, let go)."""

    HELD = "held"
    LET_GO = "let_go"
    RELEASED = "released"
    REPLACED = "replaced"


class RunState(StrEnum):
    """How a run stands."""

    DRAFT = "draft"
    RELEASED = "released"
    REPLACED = "replaced"

    @property
    def words(self) -> str:
        return {"draft": "Draft", "released": "Released", "replaced": "Drawn up anew"}[self.value]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done, by whom and why; without a line it was done with the run."""

    kind: StepKind
    at: datetime
    by: UUID
    line_id: UUID | None = None
    reason: str | None = None


def state_of(steps: Iterable[Step]) -> RunState:
    """Released once it was released; replaced where a later draft took its place."""
    kinds = {s.kind for s in steps}
    if StepKind.RELEASED in kinds:
        return RunState.RELEASED
    return RunState.REPLACED if StepKind.REPLACED in kinds else RunState.DRAFT


def hold_of(steps: Iterable[Step], line_id: UUID) -> Step | None:
    """The hold that stands on a line, with its reason; None where it was let go or never held."""
    found = [s for s in steps if s.line_id == line_id]
    last = max(found, key=lambda s: s.at, default=None)
    return last if last is not None and last.kind is StepKind.HELD else None


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line of a run with the period that it is about, and the hold that stands on it."""

    id: UUID
    run_id: UUID
    provider_id: UUID
    freeze_id: UUID
    span: Span
    is_correction: bool
    line: Line
    hold: Step | None = None


@dataclass(frozen=True, slots=True)
class PayRun:
    """What providers are to be paid for a period, with what was done with it."""

    id: UUID
    freeze_id: UUID
    span: Span
    drawn_up_at: datetime
    drawn_up_by: UUID
    steps: tuple[Step, ...] = ()

    @property
    def state(self) -> RunState:
        return state_of(self.steps)

    @property
    def released_at(self) -> datetime | None:
        return next((s.at for s in self.steps if s.kind is StepKind.RELEASED), None)


@dataclass(frozen=True, slots=True)
class Sums:
    """What lines come to: in all, held back, and paid back by the NHS."""

    lines: int
    pence: Pence
    held: Pence
    recharged: Pence

    @property
    def to_pay(self) -> Pence:
        return Pence(self.pence - self.held)


def added(each: Iterable[Sums]) -> Sums:
    """Several sums together."""
    known = list(each)
    return Sums(
        lines=sum(s.lines for s in known),
        pence=Pence(sum(s.pence for s in known)),
        held=Pence(sum(s.held for s in known)),
        recharged=Pence(sum(s.recharged for s in known)),
    )


def sums_of(lines: Iterable[KeptLine]) -> Sums:
    """The sums of these lines."""
    known = list(lines)
    return Sums(
        lines=len(known),
        pence=Pence(sum(k.line.pence for k in known)),
        held=Pence(sum(k.line.pence for k in known if k.hold)),
        recharged=Pence(sum(r.pence for k in known for r in k.line.recharges)),
    )


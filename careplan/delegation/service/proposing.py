"""Proposing, accepting, suspending and withdrawing a delegation, and writing its instruction."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import select

from careplan.access.domain.actor import Actor
from careplan.access.domain.policy import Kind
from careplan.access.service import end_relationships, relate
from careplan.db import db
from careplan.delegation.domain.delegation import (
    WHAT_WOULD_BE_RIGHT,
    ConsentBasis,
    Delegation,
    Event,
    Instruction,
    NormalRange,
    Reach,
    State,
    move,
    state_at,
)
from careplan.delegation.domain.ladder import EscalationStep, problems_of
from careplan.delegation.domain.stopping import Cause, has_other_equipment
from careplan.delegation.domain.workers import standings_of
from careplan.delegation.models import CompetenceRow, DelegationRow, EscalationStepRow, InstructionRow, StepRow
from careplan.delegation.queries import get_delegation
from careplan.delegation.service.stopping import Falling, raise_stop
from careplan.kernel.clock import end_of_day
from careplan.kernel.errors import Forbidden, Invalid, Problem, invalid
from careplan.kernel.ids import new_id
from careplan.kernel.transitions import NotNow

ENDED_FOR_GOOD = (Event.WITHDRAW, Event.DECLINE)


class NotYourDelegation(Forbidden):
    """Only the professional who delegated may do this, and only the provider asked may answer."""

    code = "not_your_delegation"


@dataclass(frozen=True, slots=True)
class NewInstruction:
    """An instruction as it is written; a change that needs no re-confirmation says why."""

    steps: tuple[str, ...]
    ranges: tuple[NormalRange, ...]
    record_what: str
    needs_reconfirmation: bool = True
    change_reason: str | None = None
    equipment: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A health activity that a professional would hand to a provider's workers, for one person."""

    activity_code: str
    activity: str
    provider_id: UUID
    why_suitable: str
    consent: str
    escalation: str
    stop_criteria: str
    instruction: NewInstruction
    exclusions: str = ""
    equipment: str = ""
    time_window: str | None = None
    funder: str | None = None
    ends_on: date | None = None
    review_on: date | None = None
    ladder: tuple[EscalationStep, ...] = ()
    reach: Reach = field(default_factory=Reach)
    consent_basis: ConsentBasis | None = None
    finding_address: str | None = None
    supervision_on: date | None = None
    critical: tuple[time, time] | None = None


def propose_delegation(
    *, person_id: UUID, proposal: Proposal, actor: Actor, now: datetime, delegation_id: UUID | None = None
) -> Delegation:
    """Puts a delegation to a provider; the professional is related to the person from now until it ends.

    Raises Invalid.
    """
    organisation_id = actor.organisation_id
    if organisation_id is None:
        raise Forbidden("Only somebody of an organisation can delegate.")
    _check_proposal(proposal)
    row_id = delegation_id or new_id()
    relate(
        person_id=person_id,
        kind=Kind.DELEGATION,
        account_id=actor.account_id,
        since=now,
        until=end_of_day(proposal.ends_on) if proposal.ends_on else None,
        source_type="delegation",
        source_id=row_id,
    )
    db.session.add(
        DelegationRow(
            id=row_id,
            person_id=person_id,
            activity_code=proposal.activity_code,
            activity=proposal.activity,
            delegator_id=actor.account_id,
            organisation_id=organisation_id,
            provider_id=proposal.provider_id,
            funder=proposal.funder,
            why_suitable=proposal.why_suitable,
            exclusions=proposal.exclusions,
            equipment=proposal.equipment,
            consent=proposal.consent,
            escalation=proposal.escalation,
            stop_criteria=proposal.stop_criteria,
            time_window=proposal.time_window,
            proposed_at=now,
            ends_on=proposal.ends_on,
            review_on=proposal.review_on,
            regulator=proposal.reach.regulator,
            registration_number=proposal.reach.registration_number,
            contact_in_hours=proposal.reach.in_hours,
            contact_out_of_hours=proposal.reach.out_of_hours,
            consent_basis=proposal.consent_basis.value if proposal.consent_basis else None,
            finding_address=proposal.finding_address,
            supervision_on=proposal.supervision_on,
            critical_from=proposal.critical[0] if proposal.critical else None,
            critical_until=proposal.critical[1] if proposal.critical else None,
        )
    )
    db.session.flush()
    add_ladder(row_id, person_id, proposal.ladder)
    _add_instruction(row_id, person_id, 1, proposal.instruction, actor=actor, now=now)
    return get_delegation(delegation_id=row_id)


def accept_delegation(*, delegation_id: UUID, actor: Actor, now: datetime) -> Delegation:
    """The provider takes it on.  Raises NotYourDelegation, NotNow."""
    return _answer(delegation_id, Event.ACCEPT, actor=actor, now=now, reason=None)


def decline_delegation(*, delegation_id: UUID, reason: str, actor: Actor, now: datetime) -> Delegation:
    """The provider does not take it on, and says why.  Raises NotYourDelegation, NotNow, Invalid."""
    return _answer(delegation_id, Event.DECLINE, actor=actor, now=now, reason=given(reason, "reason"))


def suspend_delegation(
    *, delegation_id: UUID, reason: str, next_occasion: str, actor: Actor, now: datetime
) -> Delegation:
    """Stops every worker's authority at once; `next_occasion` says who does it meanwhile.

    Raises NotYourDelegation, NotNow, Invalid.
    """
    return _stop(delegation_id, Event.SUSPEND, Cause.SUSPENDED, reason, next_occasion, actor=actor, now=now)


def withdraw_delegation(
    *, delegation_id: UUID, reason: str, next_occasion: str, actor: Actor, now: datetime
) -> Delegation:
    """Ends it for good, at once; `next_occasion` says who does it from now on.

    Raises NotYourDelegation, NotNow, Invalid.
    """
    return _stop(delegation_id, Event.WITHDRAW, Cause.WITHDRAWN, reason, next_occasion, actor=actor, now=now)


def resume_delegation(*, delegation_id: UUID, reason: str, actor: Actor, now: datetime) -> Delegation:
    """Lets the workers go on after a suspension.  Raises NotYourDelegation, NotNow, Invalid."""
    _own(get_delegation(delegation_id=delegation_id), actor)
    return step(delegation_id=delegation_id, event=Event.RESUME, actor=actor, now=now, reason=given(reason, "reason"))


def write_instruction(
    *, delegation_id: UUID, instruction: NewInstruction, actor: Actor, now: datetime, next_occasion: str = ""
) -> Instruction:
    """A new version. Unless it says, with a reason, that no re-confirmation is needed, every competence falls away.

    With other equipment it always does. `next_occasion` says who does it until workers are confirmed again; left out,
    the team that delegated.  Raises NotYourDelegation, NotNow, Invalid.
    """
    db.session.get(DelegationRow, delegation_id, with_for_update=True)
    delegation = get_delegation(delegation_id=delegation_id)
    _own(delegation, actor)
    _check_goes_on(delegation, now)
    _check_instruction(instruction)
    latest = delegation.instructions[-1]
    instruction = replace(instruction, equipment=instruction.equipment or latest.equipment)
    _check_equipment(latest, instruction)
    standing = [s for s in standings_of(delegation, now) if s.stands]
    number = latest.number + 1
    _add_instruction(delegation.id, delegation.person_id, number, instruction, actor=actor, now=now)
    if instruction.needs_reconfirmation and standing:
        falling = Falling(Cause.NEW_INSTRUCTION, now, instruction.change_reason or "", next_occasion.strip())
        raise_stop(delegation, falling, now=now, actor=actor)
    if instruction.needs_reconfirmation:
        _suspend_competences(delegation_id, number, now)
    written = get_delegation(delegation_id=delegation_id).instruction(number)
    assert written is not None  # noqa: S101  it was added just above
    return written


def step(
    *,
    delegation_id: UUID,
    event: Event,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
    next_occasion: str | None = None,
) -> Delegation:
    """Moves a delegation on where its state allows.  Raises NotNow."""
    db.session.get(DelegationRow, delegation_id, with_for_update=True, populate_existing=True)
    delegation = get_delegation(delegation_id=delegation_id)
    # Another server's clock may run ahead: a step never comes before the one that it follows.
    now = max([now, *(s.at for s in delegation.steps)])
    move(state_at(delegation, now), event)
    db.session.add(
        StepRow(
            id=new_id(),
            delegation_id=delegation.id,
            person_id=delegation.person_id,
            event=event.value,
            at=now,
            by=actor.account_id,
            reason=reason,
            next_occasion=next_occasion,
        )
    )
    db.session.flush()
    return get_delegation(delegation_id=delegation_id)


def _end_competences(delegation_id: UUID, now: datetime) -> None:
    for row in _open_competences(delegation_id):
        row.ended_at = now
    db.session.flush()


def _suspend_competences(delegation_id: UUID, version: int, now: datetime) -> None:
    for row in _open_competences(delegation_id):
        if row.suspended_at is None and row.instruction_version < version:
            row.suspended_at, row.suspended_reason = now, f"Version {version} of the instruction counts now."
    db.session.flush()


def _open_competences(delegation_id: UUID) -> list[CompetenceRow]:
    query = select(CompetenceRow).where(CompetenceRow.delegation_id == delegation_id, CompetenceRow.ended_at.is_(None))
    return list(db.session.scalars(query.order_by(CompetenceRow.id).with_for_update()))


def _close_record(delegation: Delegation, now: datetime) -> None:
    """What a delegation opened closes with it, last of all: whoever acts must see until they have acted."""
    end_relationships(person_id=delegation.person_id, kind=Kind.DELEGATION, source_id=delegation.id, now=now)


def _answer(delegation_id: UUID, event: Event, *, actor: Actor, now: datetime, reason: str | None) -> Delegation:
    delegation = get_delegation(delegation_id=delegation_id)
    if actor.organisation_id != delegation.provider_id:
        raise NotYourDelegation("Only the provider that was asked can answer.")
    answered = step(delegation_id=delegation_id, event=event, actor=actor, now=now, reason=reason)
    if event in ENDED_FOR_GOOD:
        _close_record(answered, now)
    return answered


def _stop(
    delegation_id: UUID, event: Event, cause: Cause, reason: str, next_occasion: str, *, actor: Actor, now: datetime
) -> Delegation:
    before = get_delegation(delegation_id=delegation_id)
    _own(before, actor)
    move(state_at(before, now), event)  # what is not possible is said before what is missing
    falling = Falling(cause, now, given(reason, "reason"), given(next_occasion, "next_occasion"))
    stopped = step(
        delegation_id=delegation_id, event=event, actor=actor, now=now, reason=falling.reason,
        next_occasion=falling.next_occasion,
    )  # fmt: skip
    if state_at(before, now) in (State.ACTIVE, State.SUSPENDED):
        raise_stop(stopped, falling, now=now, actor=actor)
    if event in ENDED_FOR_GOOD:
        _end_competences(delegation_id, now)
        _close_record(stopped, now)
    return stopped


def _own(delegation: Delegation, actor: Actor) -> None:
    if actor.account_id != delegation.delegator_id:
        raise NotYourDelegation("Only the professional who delegated the activity can do this.")


def _check_proposal(proposal: Proposal) -> None:
    needed = {
        "activity": proposal.activity,
        "why_suitable": proposal.why_suitable,
        "consent": proposal.consent,
        "escalation": proposal.escalation,
        "stop_criteria": proposal.stop_criteria,
    }
    problems = [Problem(field, "Fill this in.") for field, words in needed.items() if not words.strip()]
    if problems:
        raise Invalid("A delegation says what, why, with whose consent, and when to stop.", problems=tuple(problems))
    if proposal.ladder and (wrong := problems_of(proposal.ladder)):
        raise Invalid("Whom a worker rings must be clear, by day and by night.", problems=wrong)
    _check_instruction(proposal.instruction)


def _check_goes_on(delegation: Delegation, now: datetime) -> None:
    state = state_at(delegation, now)
    if state in (State.WITHDRAWN, State.EXPIRED):
        raise NotNow(f"It is {state.value}. {WHAT_WOULD_BE_RIGHT[state]}")


def _check_equipment(before: Instruction, instruction: NewInstruction) -> None:
    if not instruction.needs_reconfirmation and has_other_equipment(before, instruction.equipment):
        raise invalid("reconfirm", "With other equipment every worker is confirmed again: choose yes.")


def _check_instruction(instruction: NewInstruction) -> None:
    if not instruction.steps:
        raise invalid("steps", "Write at least one step.")
    if not instruction.record_what.strip():
        raise invalid("record_what", "Say what the worker should write down.")
    if not instruction.needs_reconfirmation and not (instruction.change_reason or "").strip():
        raise invalid("change_reason", "Say why workers need not be confirmed anew.")
    for normal in instruction.ranges:
        if normal.low is not None and normal.high is not None and normal.low > normal.high:
            raise invalid("ranges", f"The lowest normal {normal.name} lies above the highest.")


def _add_instruction(
    delegation_id: UUID, person_id: UUID, number: int, written: NewInstruction, *, actor: Actor, now: datetime
) -> None:
    db.session.add(
        InstructionRow(
            id=new_id(),
            delegation_id=delegation_id,
            person_id=person_id,
            number=number,
            steps=list(written.steps),
            normal_range=[_range_json(r) for r in written.ranges],
            record_what=written.record_what,
            written_by=actor.account_id,
            written_at=now,
            needs_reconfirmation=written.needs_reconfirmation,
            change_reason=written.change_reason,
            equipment=written.equipment or None,
        )
    )
    db.session.flush()


def add_ladder(delegation_id: UUID, person_id: UUID, ladder: Iterable[EscalationStep]) -> None:
    """Keeps whom a worker rings, in their order."""
    for each in ladder:
        db.session.add(
            EscalationStepRow(
                delegation_id=delegation_id,
                position=each.position,
                person_id=person_id,
                name=each.name,
                phone=each.phone,
                within_minutes=each.within_minutes,
                told_when=each.when.value,
                account_id=each.account_id,
            )
        )
    db.session.flush()


def _range_json(normal: NormalRange) -> dict[str, str | None]:
    return {
        "name": normal.name,
        "unit": normal.unit,
        "low": str(normal.low) if normal.low is not None else None,
        "high": str(normal.high) if normal.high is not None else None,
    }


def given(words: str, field: str) -> str:
    """What was typed, without the space around it.  Raises Invalid for nothing."""
    if not words.strip():
        raise invalid(field, "Fill this in.")
    return words.strip()

"""Who may do a delegated activity: assessed by a professional, accepted by the worker."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from careplan.access.domain.actor import Actor
from careplan.access.queries import get_account
from careplan.db import db
from careplan.delegation.domain.delegation import WHAT_WOULD_BE_RIGHT, Delegation, Event, State, state_at
from careplan.delegation.domain.stopping import Cause
from careplan.delegation.domain.workers import standings_of
from careplan.delegation.models import CompetenceRow
from careplan.delegation.queries import get_delegation
from careplan.delegation.service.proposing import NotYourDelegation, given, step
from careplan.delegation.service.stopping import Falling, raise_stop
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, Invalid, NotFound, Problem, invalid
from careplan.kernel.ids import new_id
from careplan.kernel.transitions import NotNow
from careplan.organisations import queries as organisations


class NotYours(NotYourDelegation):
    """A competence is answered by the worker whom it names."""

    code = "not_your_competence"


class NotRegistered(NotYourDelegation):
    """Whoever finds a worker able is on a professional register."""

    code = "not_registered"


class AlreadyAnswered(Conflict):
    """The worker has said yes or no before."""

    code = "already_answered"


def assess_competence(
    *,
    delegation_id: UUID,
    worker_id: UUID,
    instruction_version: int,
    trained_on: date,
    observed_on: date,
    starts_on: date,
    ends_on: date,
    actor: Actor,
    now: datetime,
    competence_id: UUID | None = None,
    trained_by: str | None = None,
    observed_by: str | None = None,
    confirms: UUID | None = None,
) -> UUID:
    """A registered professional found a worker able to do this activity by this instruction, on the day of `now`.

    It counts when the worker accepts. `confirms` is the competence that it takes the place of.
    Raises NotYourDelegation, NotRegistered, NotNow, Invalid.
    """
    delegation = get_delegation(delegation_id=delegation_id)
    check_assessor(delegation, actor)
    check_goes_on(delegation, now)
    check_worker(delegation, worker_id)
    _check_dates(trained_on, observed_on, starts_on, ends_on)
    if delegation.instruction(instruction_version) is None:
        raise invalid("instruction_version", "Choose a version of the instruction that exists.")
    row = CompetenceRow(
        id=competence_id or new_id(),
        delegation_id=delegation.id,
        person_id=delegation.person_id,
        instruction_version=instruction_version,
        worker_id=worker_id,
        trained_on=trained_on,
        observed_on=observed_on,
        assessed_by=actor.account_id,
        assessed_at=now,
        starts_on=starts_on,
        ends_on=ends_on,
        trained_by=trained_by,
        observed_by=observed_by,
        confirms=confirms,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def accept_competence(*, competence_id: UUID, actor: Actor, now: datetime) -> Delegation:
    """The worker takes the activity on; the first such yes makes the delegation active.

    Raises NotFound, NotYours, AlreadyAnswered.
    """
    row = _unanswered(competence_id, actor)
    row.accepted_at = now
    db.session.flush()
    delegation = get_delegation(delegation_id=row.delegation_id)
    if state_at(delegation, now) is State.ACCEPTED:
        return step(delegation_id=delegation.id, event=Event.ACTIVATE, actor=actor, now=now)
    return delegation


def decline_competence(*, competence_id: UUID, actor: Actor, now: datetime) -> None:
    """The worker says no, at once or later, without detriment and without a reason.

    Whoever did it until now does it no more, by whichever competence.  Raises NotFound, NotYours, AlreadyAnswered.
    """
    row = _own(competence_id, actor)
    if row.declined_at:
        raise AlreadyAnswered("You have said no before.")
    delegation = get_delegation(delegation_id=row.delegation_id)
    stood = _stands(delegation, row.worker_id, now)
    for each in _open_rows(row.delegation_id, row.worker_id):
        each.declined_at = max(now, each.accepted_at or now)
    db.session.flush()
    if stood:
        falling = Falling(Cause.WORKER_DECLINED, now, worker_id=row.worker_id, competence_id=row.id)
        raise_stop(delegation, falling, now=now, actor=actor)


def suspend_worker(
    *, delegation_id: UUID, worker_id: UUID, reason: str, next_occasion: str, actor: Actor, now: datetime
) -> int:
    """The delegator stops one worker's authority at once, until they are confirmed anew.

    Raises NotYourDelegation, Conflict where there is nothing to stop, Invalid.
    """
    delegation = get_delegation(delegation_id=delegation_id)
    if actor.account_id != delegation.delegator_id:
        raise NotYourDelegation("Only the professional who delegated the activity can do this.")
    stopped = suspend_competences(
        delegation_id=delegation_id, worker_id=worker_id, reason=given(reason, "reason"), now=now,
        cause=Cause.WORKER_SUSPENDED, next_occasion=given(next_occasion, "next_occasion"), actor=actor,
    )  # fmt: skip
    if not stopped:
        raise Conflict("This worker may not do it as it is, so there is nothing to stop.")
    return stopped


def suspend_competences(
    *,
    delegation_id: UUID,
    worker_id: UUID,
    reason: str,
    now: datetime,
    cause: Cause = Cause.INCIDENT,
    next_occasion: str = "",
    actor: Actor | None = None,
) -> int:
    """Stops one worker's authority for one delegation at once; says how many competences it concerned.

    Both sides are told where the worker could do it until now, or was about to. Where nobody says who
    does the next one, it is the team that delegated.
    """
    delegation = get_delegation(delegation_id=delegation_id)
    rows = db.session.scalars(
        select(CompetenceRow).where(
            CompetenceRow.delegation_id == delegation_id,
            CompetenceRow.worker_id == worker_id,
            CompetenceRow.suspended_at.is_(None),
        )
    ).all()
    for row in rows:
        row.suspended_at = now
        row.suspended_reason = reason
    db.session.flush()
    if state_at(delegation, now) is State.ACTIVE and any(_counts(row, now) for row in rows):
        falling = Falling(cause, now, reason, next_occasion, worker_id=worker_id)
        raise_stop(delegation, falling, now=now, actor=actor)
    return len(rows)


def check_assessor(delegation: Delegation, actor: Actor) -> None:
    """Raises NotYourDelegation for somebody of another team, NotRegistered for who is on no register."""
    if actor.organisation_id != delegation.organisation_id:
        raise NotYourDelegation("Only a professional of the team that delegated can assess workers for it.")
    worker = organisations.find_worker(account_id=actor.account_id)
    if worker is None or worker.regulator is None:
        raise NotRegistered("Only somebody on a professional register can find a worker able to do it.")


def check_goes_on(delegation: Delegation, now: datetime) -> None:
    """Raises NotNow where nobody can be prepared for it any more."""
    state = state_at(delegation, now)
    if state in (State.WITHDRAWN, State.EXPIRED):
        raise NotNow(f"It is {state.value}. {WHAT_WOULD_BE_RIGHT[state]}")


def check_worker(delegation: Delegation, worker_id: UUID) -> None:
    """Raises Invalid for somebody who is not, or no longer, of the provider."""
    try:
        worker = get_account(account_id=worker_id)
    except NotFound:
        raise invalid("worker_id", "Choose a worker of the provider.") from None
    if worker.organisation_id != delegation.provider_id:
        raise invalid("worker_id", "Choose a worker of the provider that accepted the delegation.")


def _counts(row: CompetenceRow, now: datetime) -> bool:
    """Whether a worker does the activity by it, or would from its first day on."""
    answered = row.accepted_at is not None and row.declined_at is None and row.ended_at is None
    return answered and row.ends_on >= local_date(now)


def _stands(delegation: Delegation, worker_id: UUID, now: datetime) -> bool:
    return any(s.stands for s in standings_of(delegation, now) if s.competence.worker_id == worker_id)


def _open_rows(delegation_id: UUID, worker_id: UUID) -> list[CompetenceRow]:
    query = select(CompetenceRow).where(
        CompetenceRow.delegation_id == delegation_id,
        CompetenceRow.worker_id == worker_id,
        CompetenceRow.declined_at.is_(None),
        CompetenceRow.ended_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(CompetenceRow.id).with_for_update()))


def _unanswered(competence_id: UUID, actor: Actor) -> CompetenceRow:
    row = _own(competence_id, actor)
    if row.accepted_at or row.declined_at:
        raise AlreadyAnswered("You have answered this before.")
    return row


def _own(competence_id: UUID, actor: Actor) -> CompetenceRow:
    row = db.session.get(CompetenceRow, competence_id, with_for_update=True)
    if row is None:
        raise NotFound("There is no such competence.")
    if row.worker_id != actor.account_id:
        raise NotYours("Only the worker who was found competent can answer.")
    return row


def _check_dates(trained_on: date, observed_on: date, starts_on: date, ends_on: date) -> None:
    checks = (
        (observed_on < trained_on, "observed_on", "The worker is observed after being trained."),
        (starts_on < observed_on, "starts_on", "Competence begins on the day of the observation at the earliest."),
        (ends_on < starts_on, "ends_on", "The last day lies before the first."),
    )
    problems = tuple(Problem(field, message) for wrong, field, message in checks if wrong)
    if problems:
        raise Invalid(problems[0].message, problems=problems)

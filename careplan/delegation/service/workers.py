"""Who may do a delegated activity: assessed by a professional, accepted by the worker."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from careplan.access.domain.actor import Actor
from careplan.access.queries import get_account
from careplan.db import db
from careplan.delegation.domain.delegation import Delegation, Event, State, state_at
from careplan.delegation.models import CompetenceRow
from careplan.delegation.queries import get_delegation
from careplan.delegation.service.proposing import NotYourDelegation, step
from careplan.kernel.errors import Conflict, Invalid, NotFound, Problem, invalid
from careplan.kernel.ids import new_id


class NotYours(NotYourDelegation):
    """A competence is answered by the worker whom it names."""

    code = "not_your_competence"


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
) -> UUID:
    """A professional found a worker able to do this activity by this instruction; it counts when the worker accepts.

    Raises NotYourDelegation, Invalid.
    """
    delegation = get_delegation(delegation_id=delegation_id)
    if actor.organisation_id != delegation.organisation_id:
        raise NotYourDelegation("Only a professional of the team that delegated can assess workers for it.")
    _check_worker(delegation, worker_id)
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
    """The worker says no, without detriment.  Raises NotFound, NotYours, AlreadyAnswered."""
    _unanswered(competence_id, actor).declined_at = now
    db.session.flush()


def suspend_competences(*, delegation_id: UUID, worker_id: UUID, reason: str, now: datetime) -> int:
    """Stops one worker's authority for one delegation at once; says how many competences it concerned."""
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
    return len(rows)


def _unanswered(competence_id: UUID, actor: Actor) -> CompetenceRow:
    row = db.session.get(CompetenceRow, competence_id, with_for_update=True)
    if row is None:
        raise NotFound("There is no such competence.")
    if row.worker_id != actor.account_id:
        raise NotYours("Only the worker who was found competent can answer.")
    if row.accepted_at or row.declined_at:
        raise AlreadyAnswered("You have answered this before.")
    return row


def _check_worker(delegation: Delegation, worker_id: UUID) -> None:
    try:
        worker = get_account(account_id=worker_id)
    except NotFound:
        raise invalid("worker_id", "Choose a worker of the provider.") from None
    if worker.organisation_id != delegation.provider_id:
        raise invalid("worker_id", "Choose a worker of the provider that accepted the delegation.")


def _check_dates(trained_on: date, observed_on: date, starts_on: date, ends_on: date) -> None:
    checks = (
        (observed_on < trained_on, "observed_on", "The worker is observed after being trained."),
        (starts_on < observed_on, "starts_on", "Competence begins on the day of the observation at the earliest."),
        (ends_on < starts_on, "ends_on", "The last day lies before the first."),
    )
    problems = tuple(Problem(field, message) for wrong, field, message in checks if wrong)
    if problems:
        raise Invalid(problems[0].message, problems=problems)

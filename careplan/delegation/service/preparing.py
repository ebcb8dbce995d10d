"""How a worker comes to be found able: trained, observed, assessed; and confirmed anew."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.delegation.domain.delegation import Competence, Delegation
from careplan.delegation.domain.workers import PreparationKind, ready_workers
from careplan.delegation.models import PreparationRow
from careplan.delegation.queries import find_delegation_of_competence, get_delegation, list_preparations
from careplan.delegation.service.proposing import NotYourDelegation, given
from careplan.delegation.service.workers import assess_competence, check_goes_on, check_worker
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, NotFound, invalid
from careplan.kernel.ids import new_id


class NotReady(Conflict):
    """A worker is trained and observed before anybody finds them able."""

    code = "not_ready"


@dataclass(frozen=True, slots=True)
class Prepared:
    """That a worker was trained or observed, on a London day, by whom in words, and what was seen."""

    worker_id: UUID
    kind: PreparationKind
    day: date
    by_whom: str
    words: str = ""


def record_preparation(*, delegation_id: UUID, prepared: Prepared, actor: Actor, now: datetime) -> UUID:
    """Writes down that a worker was trained in, or observed by, the instruction that counts now.

    The provider may train its own; both sides write it down.  Raises NotYourDelegation, NotNow, NotReady, Invalid.
    """
    delegation = get_delegation(delegation_id=delegation_id)
    if actor.organisation_id not in (delegation.organisation_id, delegation.provider_id):
        raise NotYourDelegation("Only the team that delegated, or the provider, can write this down.")
    check_goes_on(delegation, now)
    check_worker(delegation, prepared.worker_id)
    _check_prepared(delegation, prepared, now)
    row = PreparationRow(
        id=new_id(),
        delegation_id=delegation.id,
        person_id=delegation.person_id,
        worker_id=prepared.worker_id,
        kind=prepared.kind.value,
        instruction_version=delegation.instructions[-1].number,
        day=prepared.day,
        by_whom=given(prepared.by_whom, "by_whom"),
        words=prepared.words.strip(),
        recorded_by=actor.account_id,
        recorded_at=now,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def assess_worker(
    *, delegation_id: UUID, worker_id: UUID, starts_on: date, ends_on: date, actor: Actor, now: datetime
) -> UUID:
    """A registered professional finds a worker able who was trained and observed in the instruction that counts.

    Raises NotYourDelegation, NotRegistered, NotNow, NotReady, Invalid.
    """
    delegation = get_delegation(delegation_id=delegation_id)
    version = delegation.instructions[-1].number
    ready = ready_workers(list_preparations(delegation_id=delegation_id), version).get(worker_id)
    if ready is None:
        raise NotReady("First write down when this worker was trained, and then observed doing it.")
    trained, observed = ready
    return assess_competence(
        delegation_id=delegation_id, worker_id=worker_id, instruction_version=version,
        trained_on=trained.day, observed_on=observed.day, starts_on=starts_on, ends_on=ends_on, actor=actor, now=now,
        trained_by=trained.by_whom, observed_by=observed.by_whom,
    )  # fmt: skip


def reconfirm_competence(*, competence_id: UUID, ends_on: date, actor: Actor, now: datetime) -> UUID:
    """A registered professional finds the same worker able anew, by the instruction that counts, from today.

    Where they were trained or observed in it again, those days count, else those of before. It counts when the worker
    accepts.  Raises NotFound, NotYourDelegation, NotRegistered, NotNow, Conflict, Invalid.
    """
    delegation, before = _get_competence(competence_id)
    if any(c.confirms == competence_id and c.declined_at is None for c in delegation.competences):
        raise Conflict("This worker was confirmed anew before, and is asked whether they will do it.")
    version, today = delegation.instructions[-1].number, local_date(now)
    anew = ready_workers(list_preparations(delegation_id=delegation.id), version).get(before.worker_id)
    trained, observed = (
        ((anew[0].day, anew[0].by_whom), (anew[1].day, anew[1].by_whom))
        if anew
        else ((before.trained_on, before.trained_by), (before.observed_on, before.observed_by))
    )
    return assess_competence(
        delegation_id=delegation.id, worker_id=before.worker_id, instruction_version=version,
        trained_on=trained[0], trained_by=trained[1], observed_on=observed[0], observed_by=observed[1],
        starts_on=max(today, observed[0]), ends_on=ends_on, confirms=competence_id, actor=actor, now=now,
    )  # fmt: skip


def _get_competence(competence_id: UUID) -> tuple[Delegation, Competence]:
    delegation = find_delegation_of_competence(competence_id=competence_id)
    found = next((c for c in delegation.competences if c.id == competence_id), None) if delegation else None
    if delegation is None or found is None:
        raise NotFound("There is no such competence.")
    return delegation, found


def _check_prepared(delegation: Delegation, prepared: Prepared, now: datetime) -> None:
    if prepared.day > local_date(now):
        raise invalid("day", "This day is still to come.")
    if prepared.kind is PreparationKind.TRAINED:
        return
    version = delegation.instructions[-1].number
    earlier = [
        p.day
        for p in list_preparations(delegation_id=delegation.id)
        if (p.worker_id, p.kind, p.instruction_version) == (prepared.worker_id, PreparationKind.TRAINED, version)
    ]
    if not earlier:
        raise NotReady("A worker is trained first: write down when, and by whom.")
    if prepared.day < min(earlier):
        raise invalid("day", "The worker is observed after being trained.")

"""Keeping the stored resources true: whoever is marked is assembled, mapped and stored anew.

It sees everything (the policy filters at reading), and works in transactions of its own, one a person, under a lock on
the person, so that two readers do not do the same work twice.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, cast, delete, literal, select, text
from sqlalchemy.dialects.postgresql import insert

from careplan.db import db
from careplan.db.scope import see_everything
from careplan.delegation import queries as delegation
from careplan.delegation.domain.workers import last_day
from careplan.fhir import store
from careplan.fhir.models import FhirMark, FhirProjection, FhirResource
from careplan.kernel.errors import NotFound
from careplan.organisations import queries as organisations
from careplan.organisations.domain.organisation import Organisation
from careplan.record import service as record
from careplan.record.domain.record import next_change
from fhir_mappings import mapping
from fhir_mappings.practitioner import Qualification

PROJECTOR = "projector"
PERSON, ORGANISATION, WORKER = "person", "organisation", "worker"
BATCH = 200
log = logging.getLogger("careplan.fhir")

Check = Callable[[dict[str, Any]], None]


def unchecked(resource: dict[str, Any]) -> None:
    """What a reader waits for is not held against the published models: the worker does that."""


def project_person(person_id: UUID, *, now: datetime, check: Check = unchecked) -> int:
    """Brings one person's stored resources up to now, and commits; says how many changed."""
    see_everything(db.session, as_=PROJECTOR)
    _lock(PERSON, person_id)
    _take_marks(PERSON, [person_id])
    try:
        assembled = record.assemble(person_id=person_id, at=now)
    except NotFound:
        changed = store.put(db.session, person_id=person_id, resources=[], now=now)
        _note(person_id, now=now, stale_from=None)
        db.session.commit()
        return changed
    resources = mapping.resources_of(assembled)
    for resource in resources:
        check(resource)
    changed = store.put(db.session, person_id=person_id, resources=resources, now=now)
    store.link_shared(db.session, person_id=person_id, keys=mapping.shared_by(assembled.directory))
    _note(person_id, now=now, stale_from=next_change(assembled))
    db.session.commit()
    return changed


def project_directory(*, now: datetime, check: Check = unchecked) -> int:
    """Brings the stored organisations and workers that were marked up to now, and commits; says how many changed."""
    see_everything(db.session, as_=PROJECTOR)
    _lock(ORGANISATION, UUID(int=0))
    marked = {kind: _marked(kind) for kind in (ORGANISATION, WORKER)}
    for kind, ids in marked.items():
        _take_marks(kind, ids)
    resources = [*_organisations(marked[ORGANISATION]), *_workers(marked[WORKER])]
    for resource in resources:
        check(resource)
    changed = store.put(db.session, person_id=None, resources=resources, now=now)
    db.session.commit()
    return changed


def _organisations(ids: list[UUID]) -> list[dict[str, Any]]:
    found = organisations.list_organisations_by_id(organisation_ids=ids)
    return mapping.organisation_resources(_with_parents(found), ids)


def _with_parents(found: dict[UUID, Organisation]) -> dict[UUID, Organisation]:
    parents = {o.part_of_id for o in found.values() if o.part_of_id is not None}
    return organisations.list_organisations_by_id(organisation_ids=parents) | found


def _workers(ids: list[UUID]) -> list[dict[str, Any]]:
    workers = organisations.list_workers_by_id(account_ids=ids)
    employers = organisations.list_organisations_by_id(
        organisation_ids={w.organisation_id for w in workers.values() if w.organisation_id is not None}
    )
    found: list[dict[str, Any]] = []
    for worker in workers.values():
        employer = employers.get(worker.organisation_id) if worker.organisation_id else None
        found += mapping.worker_resources(worker, organisation=employer, competences=_competences(worker.account_id))
    return found


def _competences(worker_id: UUID) -> list[Qualification]:
    """What a worker accepted to be found competent for; stopped early, until that day."""
    held = [
        (d.activity, c.starts_on, max(c.starts_on, last_day(d, c)))
        for d, c in delegation.list_competences_of(worker_id=worker_id)
        if c.accepted_at is not None
    ]
    return sorted(set(held))


def list_marked_people(*, now: datetime, most: int) -> list[UUID]:
    """People whose stored resources do not tell all: first those marked, then those whom time moved."""
    see_everything(db.session, as_=PROJECTOR)
    marked = select(FhirMark.subject_id).where(FhirMark.kind == PERSON).group_by(FhirMark.subject_id)
    found = list(db.session.scalars(marked.order_by(text("min(fhir_mark.id)")).limit(most)))
    passed = select(FhirProjection.person_id).where(FhirProjection.stale_from <= now)
    found += db.session.scalars(passed.order_by(FhirProjection.stale_from).limit(most - len(found)))
    db.session.rollback()
    return list(dict.fromkeys(found))


def _marked(kind: str) -> list[UUID]:
    return sorted(db.session.scalars(select(FhirMark.subject_id).where(FhirMark.kind == kind).distinct()))


def _take_marks(kind: str, ids: list[UUID]) -> None:
    """Only the marks that are there now: one set while we work stays, and is seen to next time."""
    db.session.execute(delete(FhirMark).where(FhirMark.kind == kind, FhirMark.subject_id.in_(ids)))


def _lock(kind: str, subject: UUID) -> None:
    db.session.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": f"fhir:{kind}:{subject}"}
    )


def _note(person_id: UUID, *, now: datetime, stale_from: datetime | None) -> None:
    fresh = {"projected_at": now, "stale_from": stale_from}
    db.session.execute(
        insert(FhirProjection)
        .values(person_id=person_id, **fresh)
        .on_conflict_do_update(index_elements=[FhirProjection.person_id], set_=fresh)
    )


@dataclass(frozen=True, slots=True)
class Run:
    """What a run over everybody marked came to."""

    people: int = 0
    changed: int = 0
    failed: tuple[UUID, ...] = ()


def project_marked(*, now: datetime, check: Check = unchecked) -> Run:
    """Brings everybody marked and the directory up to now, each in a transaction of their own.

    One whose projection fails stays marked, is logged and named in the answer, and does not hold up the others.
    """
    changed, people, failed = project_directory(now=now, check=check), 0, dict[UUID, None]()
    while batch := [p for p in list_marked_people(now=now, most=BATCH + len(failed)) if p not in failed]:
        for person_id in batch:
            try:
                changed += project_person(person_id, now=now, check=check)
                people += 1
            except Exception:  # whatever it is, the next person's record must not wait for it
                db.session.rollback()
                failed[person_id] = None
                log.exception("a record could not be projected", extra={"person_id": str(person_id)})
    return Run(people, changed, tuple(failed))


def mark_all() -> None:
    """Marks everybody and everything that was ever projected, as after a change of the mappings; and commits."""
    see_everything(db.session, as_=PROJECTOR)
    stored = select(cast(FhirResource.id, Uuid)).where(FhirResource.is_current)
    for kind, subjects in (
        (PERSON, select(FhirProjection.person_id)),
        (ORGANISATION, stored.where(FhirResource.type == "Organization")),
        (WORKER, stored.where(FhirResource.type == "Practitioner")),
    ):
        found = subjects.subquery()
        marks = select(literal(kind), *found.columns)
        db.session.execute(insert(FhirMark).from_select(["kind", "subject_id"], marks))
    db.session.commit()

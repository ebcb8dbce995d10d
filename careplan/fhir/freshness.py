"""A reader never sees what a writer has already changed: whoever is named is projected first, if need be."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, column, exists, literal, or_, select, values
from sqlalchemy import Uuid as UuidType
from sqlalchemy.sql.elements import ColumnElement

from careplan.db import db
from careplan.fhir import projection
from careplan.fhir.models import FhirMark, FhirProjection

MOST_AT_ONCE = 50


def stale_among(people: Iterable[UUID], *, now: datetime) -> list[UUID]:
    """Of these people, those whose stored resources do not yet tell everything."""
    wanted = sorted(set(people))
    if not wanted:
        return []
    given = values(column("person_id", UuidType()), name="given").data([(p,) for p in wanted])
    return list(db.session.scalars(select(given.c.person_id).where(_is_stale(given.c.person_id, now=now))))


def stale_visible(visible: Select[UUID], *, now: datetime, most: int) -> list[UUID]:
    """Of the people these eyes may see, up to `most` whose stored resources do not yet tell everything."""
    seen = visible.subquery()
    return list(db.session.scalars(select(seen.c.person_id).where(_is_stale(seen.c.person_id, now=now)).limit(most)))


def directory_is_stale() -> bool:
    """Whether an organisation or a worker changed since it was last projected."""
    return bool(db.session.scalar(select(exists().where(FhirMark.kind != projection.PERSON))))


def freshen(people: Iterable[UUID], *, now: datetime) -> bool:
    """Projects those of these people who are stale, and the directory; says whether it ended the transaction to do so.

    The projection works in transactions of its own, so whoever looked before must look anew.
    """
    return _project(stale_among(people, now=now), now=now)


def freshen_visible(visible: Select[UUID], *, now: datetime) -> bool:
    """The same for a search across people: where too many are stale it answers from what is stored."""
    stale = stale_visible(visible, now=now, most=MOST_AT_ONCE + 1)
    return _project(stale if len(stale) <= MOST_AT_ONCE else [], now=now)


def _project(people: list[UUID], *, now: datetime) -> bool:
    directory = directory_is_stale()
    if not people and not directory:
        return False
    db.session.rollback()
    if directory:
        projection.project_directory(now=now)
    for person_id in people:
        projection.project_person(person_id, now=now)
    return True


def _is_stale(person: ColumnElement[UUID], *, now: datetime) -> ColumnElement[bool]:
    marked = exists(literal(1)).where(FhirMark.kind == projection.PERSON, FhirMark.subject_id == person)
    told = exists(literal(1)).where(
        FhirProjection.person_id == person,
        or_(FhirProjection.stale_from.is_(None), FhirProjection.stale_from > now),
    )
    return or_(marked, ~told)

"""A week of visits, row by row: by person, or by worker with a row for what nobody goes to yet."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar
from uuid import UUID

from careplan.kernel.clock import local_date
from careplan.kernel.minutes import Minutes
from careplan.visits.domain.visit import Status, Visit

DAYS = 7
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """One person's or one worker's week: seven days of entries, and the minutes planned in all.

    `key` is None in the row of visits that lack workers.
    """

    key: UUID | None
    days: tuple[tuple[T, ...], ...]
    minutes: Minutes


def week_of(day: date) -> tuple[date, ...]:
    """Monday to Sunday of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    return tuple(monday + timedelta(days=k) for k in range(DAYS))


def by_person(visits: Iterable[Visit], week: tuple[date, ...], show: Callable[[Visit], T]) -> list[Row[T]]:
    """A row for each person, in the order in which their visits come; a visit counts for each worker it needs."""
    found: dict[UUID | None, list[Visit]] = {}
    for visit in visits:
        found.setdefault(visit.person_id, []).append(visit)
    return [_row(key, own, week, show, Minutes(sum(_counted(v) for v in own))) for key, own in found.items()]


def by_worker(
    visits: Iterable[Visit], week: tuple[date, ...], show: Callable[[Visit], T], *, names: Mapping[UUID, str]
) -> list[Row[T]]:
    """First what lacks workers, then a row for each worker by name."""
    lacking: list[Visit] = []
    found: dict[UUID, list[Visit]] = {}
    for visit in visits:
        for worker in visit.workers:
            found.setdefault(worker, []).append(visit)
        if visit.lacks_workers and visit.status is Status.PLANNED:
            lacking.append(visit)
    minutes = Minutes(sum((v.planned_minutes or 0) * v.lacks_workers for v in lacking))
    first = [_row(None, lacking, week, show, minutes)] if lacking else []
    order = sorted(found, key=lambda w: (names.get(w, ""), w))
    rest = [_row(w, found[w], week, show, Minutes(sum(_each(v) for v in found[w]))) for w in order]
    return first + rest


def _row(
    key: UUID | None, visits: list[Visit], week: tuple[date, ...], show: Callable[[Visit], T], minutes: Minutes
) -> Row[T]:
    days: dict[date, list[T]] = {d: [] for d in week}
    for visit in visits:
        if visit.planned_start is not None and (day := local_date(visit.planned_start)) in days:
            days[day].append(show(visit))
    return Row(key, tuple(tuple(days[d]) for d in week), minutes)


def _each(visit: Visit) -> int:
    return 0 if visit.cancellation is not None else visit.planned_minutes or 0


def _counted(visit: Visit) -> int:
    return _each(visit) * visit.workers_needed

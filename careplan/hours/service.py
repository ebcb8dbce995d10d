"""What can be done with hours: open a bank, plan, deliver, take back, draw contingency. Nothing here commits."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.hours.domain.terms import Funder, Terms
from careplan.kernel.minutes import Minutes


@dataclass(frozen=True, slots=True)
class Drawn:
    """How a record's minutes stand: from the bank, from contingency agreed for its visit, and without funding."""

    bank: Minutes
    unfunded: Minutes
    contingency: Minutes


@dataclass(frozen=True, slots=True)
class Reserved:
    """How a planned visit's minutes stand: set aside, or beyond what is free."""

    reserved: Minutes
    unreserved: Minutes


def open_bank(*, terms: Terms, actor: Actor, now: datetime) -> None:
    """Takes a version's terms to heart: opens the period in which it takes effect and the next, posts differences."""
    raise NotImplementedError


def ensure_period(*, plan_id: UUID, day: date, actor: Actor, now: datetime) -> None:
    """Opens the period that holds a day by the terms in force, unless it is open."""
    raise NotImplementedError


def reserve_visit(
    *,
    visit_id: UUID,
    plan_id: UUID,
    person_id: UUID,
    funder: Funder | None,
    starts_on: date,
    minutes: Minutes,
    actor: Actor,
    now: datetime,
) -> Reserved:
    """Sets a planned visit's minutes aside as far as the bank holds them; a changed visit is set aside anew."""
    raise NotImplementedError


def release_visit(*, visit_id: UUID, actor: Actor, now: datetime) -> Minutes:
    """Gives a planned visit's minutes back; says how many had been set aside. A visit not reserved gives none."""
    raise NotImplementedError


def draw_for_record(
    *,
    record_id: UUID,
    visit_id: UUID | None,
    plan_id: UUID,
    person_id: UUID,
    funder: Funder | None,
    starts_on: date,
    countable: Minutes,
    actor: Actor,
    now: datetime,
    releases: Minutes | None = None,
) -> Drawn:
    """Pays a delivered record from the bank as far as it holds; the rest stands unfunded. The same record draws once.

    `visit_id` is the visit it belongs to, planned or not, the same for its other workers and its corrections;
    `releases` is this worker's share of the planned minutes, all of them where it is None.
    """
    raise NotImplementedError


def reverse_record(*, record_id: UUID, actor: Actor, now: datetime) -> bool:
    """Takes a record's draw back; False where it never drew or was taken back before."""
    raise NotImplementedError

"""How care ended: Walter died at home, and Olive moved into a care home where there is somebody to talk to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from careplan.demo.council.cast import Cast
from careplan.demo.story.characters import Character
from careplan.demo.story.partings import OLIVE, WALTER
from careplan.endings.domain.ending import EndingKind, NewEnding
from careplan.endings.service import record_ending
from careplan.kernel.clock import at_local, local_date
from careplan.kernel.ids import new_id
from careplan.people.queries import find_person_by_nhs_number
from careplan.visits.domain.incoming import IncomingVisit, Sender
from careplan.visits.domain.visit import Result, Status
from careplan.visits.queries import list_visits_between
from careplan.visits.service.recording import keep


@dataclass(frozen=True, slots=True)
class Parting:
    """Whose care ended, how, and when that was written down."""

    character: Character
    said: NewEnding
    recorded_at: datetime


def partings(*, now: datetime) -> Iterator[Parting]:
    """A death the day before yesterday, and a move yesterday that was known in time."""
    died = at_local(local_date(now) - timedelta(days=2), time(21, 10))
    left_behind = ("Hospital bed and mattress", "Commode", "Key safe by the back door")
    death = NewEnding(EndingKind.DIED, died, told_by="Dennis Haigh, his son", equipment=left_behind)
    yield Parting(WALTER, death, died + timedelta(hours=11))
    moved = at_local(local_date(now) - timedelta(days=1), time(11, 0))
    home = "The Limes, Northbridge"
    move = NewEnding(EndingKind.CARE_HOME, moved, "Olive herself", moved_to=home, equipment=("Pendant alarm",))
    yield Parting(OLIVE, move, moved - timedelta(days=1))


def part(parting: Parting, *, cast: Cast) -> None:
    """The social worker writes it down."""
    person = find_person_by_nhs_number(nhs_number=parting.character.nhs_number or "")
    assert person is not None  # noqa: S101  it narrows the type: everyone of the story was entered before
    until = at_local(local_date(parting.said.ends_at), time(0))
    record_ending(person_id=person.id, said=parting.said, actor=cast["social-worker"], now=parting.recorded_at)
    _live_on(person.id, since=parting.recorded_at, until=until, cast=cast)


def _live_on(person_id: UUID, *, since: datetime, until: datetime, cast: Cast) -> None:
    """The visits that were still to come when an ending was known in time."""
    workers = {a.account_id: a for a in cast.actors.values()}
    for visit in list_visits_between(person_id=person_id, since=since, until=until):
        if visit.status is not Status.PLANNED or visit.planned_start is None or visit.planned_end is None:
            continue
        record = IncomingVisit(
            id=new_id(), occurred_at=visit.planned_end, person=person_id, visit=visit.id,
            started_at=visit.planned_start, ended_at=visit.planned_end, result=Result.COMPLETED,
        )  # fmt: skip
        keep(record=record, sender=Sender(workers[visit.workers[0]]), now=visit.planned_end + timedelta(minutes=2))

"""How care ended: Walter died at home, and Olive moved into a care home where there is somebody to talk to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from careplan.demo.council.cast import Cast
from careplan.demo.story.characters import Character
from careplan.demo.story.partings import OLIVE, WALTER
from careplan.endings.domain.ending import EndingKind, NewEnding
from careplan.endings.service import record_ending
from careplan.kernel.clock import at_local, local_date
from careplan.people.queries import find_person_by_nhs_number


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
    record_ending(person_id=person.id, said=parting.said, actor=cast["social-worker"], now=parting.recorded_at)

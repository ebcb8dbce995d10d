"""The carer's yes to holding and sharing what is known about them: each answer is dated, and the latest counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.errors import Conflict, Invalid, Problem


class Matter(StrEnum):
    """What the carer answers about: that the record is held at all, and to whom the plan in it shows besides."""

    HOLD = "hold"
    PERSON = "self"
    REPRESENTATIVE = "authority"
    PROVIDER = "package"


MATTER_WORDS = {
    Matter.HOLD: "The council may keep this record",
    Matter.PERSON: "The person cared for may read the carer’s plan",
    Matter.REPRESENTATIVE: "Those who act for the person may read the carer’s plan",
    Matter.PROVIDER: "The care provider may read the carer’s plan",
}
SHARED_WITH = (Matter.PERSON, Matter.REPRESENTATIVE, Matter.PROVIDER)


@dataclass(frozen=True, slots=True)
class Consent:
    """One answer: a yes, or that it was taken back. `how` says in which way it was given."""

    matter: Matter
    given: bool
    said_on: date
    how: str
    at: datetime
    by: UUID


@dataclass(frozen=True, slots=True)
class Standing:
    """What counts now."""

    answers: dict[Matter, Consent]

    @property
    def is_held(self) -> bool:
        return self._yes(Matter.HOLD)

    def shows_to(self, matter: Matter) -> bool:
        """Whether the plan shows to them: only while the record is held at all."""
        return self.is_held and self._yes(matter)

    @property
    def shared(self) -> tuple[Matter, ...]:
        return tuple(m for m in SHARED_WITH if self.shows_to(m))

    def _yes(self, matter: Matter) -> bool:
        answer = self.answers.get(matter)
        return answer is not None and answer.given


class Closed(Conflict):
    """The carer took back their yes to holding the record: nothing is read or written until they give it again."""

    code = "carer_record_closed"


class ConsentIncomplete(Invalid):
    """A yes without its day or without how it was given."""

    code = "consent_incomplete"


def standing_of(consents: Iterable[Consent]) -> Standing:
    """The latest answer about each matter; `consents` come in the order in which they were recorded."""
    return Standing({consent.matter: consent for consent in consents})


def check_held(standing: Standing) -> None:
    """Raises Closed."""
    if not standing.is_held:
        raise Closed("The carer has taken back their yes. Nothing is written here until they give it again.")


def check_said(*, said_on: date, how: str, today: date) -> None:
    """Raises ConsentIncomplete."""
    problems = []
    if said_on > today:
        problems.append(Problem("said_on", "This day has not come yet."))
    if not how.strip():
        problems.append(Problem("how", "Say how they told you."))
    if problems:
        raise ConsentIncomplete("Some answers need mending.", problems=tuple(problems))

"""A visit as money sees it: frozen facts, from which every model and every charge is worked out anew at any time."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from careplan.hours.domain.terms import Funder, Parts
from careplan.kernel.minutes import NO_MINUTES, Minutes

NHS = frozenset({Funder.NHS_DELEGATED, Funder.NHS_CONTINUING_HEALTHCARE})


class Outcome(StrEnum):
    """What became of a visit, as far as it matters to what is paid and charged."""

    COMPLETED = "completed"
    CANCELLED_BY_PERSON = "cancelled_by_person"
    CANCELLED_BY_COUNCIL = "cancelled_by_council"
    CANCELLED_BY_PROVIDER = "cancelled_by_provider"
    MISSED = "missed"
    NO_REPLY = "no_reply"
    REFUSED = "refused"
    IN_HOSPITAL = "in_hospital"

    @property
    def words(self) -> str:
        return OUTCOME_WORDS[self]


OUTCOME_WORDS = {
    Outcome.COMPLETED: "Done",
    Outcome.CANCELLED_BY_PERSON: "Called off by the person",
    Outcome.CANCELLED_BY_COUNCIL: "Called off by the council",
    Outcome.CANCELLED_BY_PROVIDER: "Called off by the provider",
    Outcome.MISSED: "Nobody came, or nothing was recorded",
    Outcome.NO_REPLY: "No reply at the door",
    Outcome.REFUSED: "Turned away at the door",
    Outcome.IN_HOSPITAL: "In hospital",
}


@dataclass(frozen=True, slots=True)
class SettledVisit:
    """One attendance. `planned` are minutes for each worker; `actual` and `invoiced` those of all workers together.

    `day` is the London day on which it starts. `notice` says how long before the planned start it was called off or
    the hospital stay was known. `hospital_day` counts days since the stay was known, from 1; 0: it was found at the
    door. `service_week` counts Monday weeks since the person's service began, from 1. `plan_version` and `clause` say
    which part of which plan granted its minutes; `parts` who pays how much of them, where two pay together.
    """

    id: UUID
    person_id: UUID
    provider_id: UUID
    day: date
    outcome: Outcome
    funder: Funder = Funder.COUNCIL
    planned: Minutes = NO_MINUTES
    needed: int = 1
    on_rota: int = 1
    came: int = 0
    actual: Minutes = NO_MINUTES
    invoiced: Minutes = NO_MINUTES
    notice: Minutes = NO_MINUTES
    hospital_day: int = 0
    is_rural: bool = False
    is_after_death: bool = False
    service_week: int = 1
    plan_id: UUID | None = None
    plan_version: int | None = None
    clause: str | None = None
    parts: Parts | None = None

    @property
    def whole(self) -> Minutes:
        """Planned minutes of all the workers who were needed."""
        return Minutes(self.planned * self.needed)

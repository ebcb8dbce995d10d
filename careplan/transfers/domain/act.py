"""One act for many: a provider cannot go on, or a zone starts, and everyone it concerns stands in one list."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from careplan.transfers.domain.transfer import OVER, SETTLED, Progress, Reason, Stage


@dataclass(frozen=True, slots=True)
class Act:
    """Who moves from whom to whom, where, why and from when; `told_on` lets interim versions stand at once."""

    id: UUID
    team_id: UUID
    from_provider_id: UUID
    to_provider_id: UUID
    zone_id: UUID | None
    reason: Reason
    why: str
    changes_on: date
    told_on: date | None
    started_at: datetime
    started_by: UUID


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of an act's people have come how far; given up are also those whose care has ended meanwhile."""

    people: int
    not_begun: int
    settled: int
    objecting: int
    given_up: int

    @property
    def going_on(self) -> int:
        """Those begun and neither agreed nor given up."""
        return self.people - self.not_begun - self.settled - self.given_up


def tally(found: Iterable[Progress]) -> Tally:
    """Counts an act's people."""
    known = list(found)
    stages = Counter(p.stage for p in known)
    return Tally(
        people=len(known),
        not_begun=stages[Stage.WAITS_ITS_TURN],
        settled=sum(stages[s] for s in SETTLED),
        objecting=sum(p.objects and p.stage not in OVER for p in known),
        given_up=stages[Stage.WITHDRAWN] + stages[Stage.CARE_ENDED],
    )

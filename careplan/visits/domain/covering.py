"""Who of those who come may do a delegated activity. It follows from authority alone, so it is never assigned."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from careplan.delegation.domain.authority import authority_at
from careplan.delegation.domain.delegation import Delegation
from careplan.visits.domain.visit import Visit

# When authority falls away, both sides see the visits of so long that it touches.
LOOKS_AHEAD = timedelta(days=28)


def covering(given: Delegation, workers: Iterable[UUID], at: datetime) -> tuple[UUID, ...]:
    """Those of these workers whose authority stands at an instant; none: the activity is uncovered."""
    instruction = given.instruction_at(at)
    if instruction is None:
        return ()
    return tuple(
        w
        for w in workers
        if authority_at(
            given, person_id=given.person_id, worker_id=w, instruction_version=instruction.number, instant=at
        ).stood
    )


def uncovered(given: Delegation, visits: Iterable[Visit]) -> list[Visit]:
    """Those of these planned visits at which nobody who is to come may do the activity."""
    return [v for v in visits if v.planned_start is not None and not covering(given, v.workers, v.planned_start)]

"""Who of those who come may do a delegated activity. It follows from authority alone, so it is never assigned."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from careplan.delegation.domain.authority import authority_at
from careplan.delegation.domain.delegation import Delegation


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

"""Who may do a delegated activity, and whether enough people may."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from careplan.delegation.domain.authority import authority_at
from careplan.delegation.domain.delegation import Competence, Delegation, State, state_at
from careplan.kernel.clock import local_date
from careplan.kernel.words import short_day

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Cover:
    """An activity, who may do it until when, and a tag: covered, one worker, uncovered."""

    activity: str
    who: str
    cover: str
    kind: str


def cover_of(delegations: Iterable[Delegation], *, names: Mapping[UUID, str], now: datetime) -> list[Cover]:
    """The delegations that stand or are on their way, in the order in which they were proposed."""
    gone = (State.WITHDRAWN, State.EXPIRED)
    return [_cover(d, names, now) for d in delegations if state_at(d, now) not in gone]


def _cover(delegation: Delegation, names: Mapping[UUID, str], now: datetime) -> Cover:
    able = {c.worker_id: c for c in delegation.competences if _stands(delegation, c, now)}
    who = " · ".join(f"{names.get(w, 'A worker')} until {short_day(c.ends_on)}" for w, c in able.items())
    if not able:
        return Cover(delegation.activity, "no worker may do it now", "Uncovered", "stopped")
    first_end = min(c.ends_on for c in able.values())
    if first_end - local_date(now) <= SOON:
        return Cover(delegation.activity, who, "Runs out soon", "waiting")
    if len(able) == 1:
        return Cover(delegation.activity, who, "One worker", "waiting")
    return Cover(delegation.activity, who, "Covered", "settled")


def _stands(delegation: Delegation, competence: Competence, now: datetime) -> bool:
    instruction = delegation.instruction_at(now)
    return (
        instruction is not None
        and authority_at(
            delegation,
            person_id=delegation.person_id,
            worker_id=competence.worker_id,
            instruction_version=instruction.number,
            instant=now,
        ).stood
    )

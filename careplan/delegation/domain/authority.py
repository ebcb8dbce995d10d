"""Whether a worker had authority for an occasion at the time of the event, and if not, everything that was missing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from careplan.delegation.domain.delegation import Competence, Delegation, State, state_at
from careplan.kernel.clock import local_date


class Lack(StrEnum):
    """Why authority did not stand."""

    UNKNOWN_DELEGATION = "unknown_delegation"
    OTHER_PERSON = "other_person"
    NOT_ACCEPTED_BY_PROVIDER = "not_accepted_by_provider"
    NOT_ACTIVE = "not_active"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    UNKNOWN_INSTRUCTION = "unknown_instruction"
    INSTRUCTION_REPLACED = "instruction_replaced"
    NOT_COMPETENT = "not_competent"
    OTHER_INSTRUCTION = "other_instruction"
    NOT_ACCEPTED_BY_WORKER = "not_accepted_by_worker"
    DECLINED_BY_WORKER = "declined_by_worker"
    COMPETENCE_NOT_BEGUN = "competence_not_begun"
    COMPETENCE_OVER = "competence_over"
    COMPETENCE_SUSPENDED = "competence_suspended"


WORDS: dict[Lack, str] = {
    Lack.UNKNOWN_DELEGATION: "no such delegation exists",
    Lack.OTHER_PERSON: "the delegation is for another person",
    Lack.NOT_ACCEPTED_BY_PROVIDER: "the provider had not accepted the delegation",
    Lack.NOT_ACTIVE: "the delegation had no worker yet",
    Lack.SUSPENDED: "the delegation was suspended",
    Lack.WITHDRAWN: "the delegation had been withdrawn",
    Lack.EXPIRED: "the delegation had expired",
    Lack.UNKNOWN_INSTRUCTION: "there was no such version of the instruction",
    Lack.INSTRUCTION_REPLACED: "a newer instruction had taken its place",
    Lack.NOT_COMPETENT: "the worker had not been found competent for it",
    Lack.OTHER_INSTRUCTION: "the worker was found competent by another version of the instruction",
    Lack.NOT_ACCEPTED_BY_WORKER: "the worker had not accepted it",
    Lack.DECLINED_BY_WORKER: "the worker had declined it",
    Lack.COMPETENCE_NOT_BEGUN: "the worker's competence had not begun",
    Lack.COMPETENCE_OVER: "the worker's competence had ended",
    Lack.COMPETENCE_SUSPENDED: "the worker's competence was suspended",
}

_STATE_LACKS: dict[State, Lack] = {
    State.PROPOSED: Lack.NOT_ACCEPTED_BY_PROVIDER,
    State.ACCEPTED: Lack.NOT_ACTIVE,
    State.SUSPENDED: Lack.SUSPENDED,
    State.WITHDRAWN: Lack.WITHDRAWN,
    State.EXPIRED: Lack.EXPIRED,
}


@dataclass(frozen=True, slots=True)
class Authority:
    """The answer: it stood where nothing was lacking."""

    lacks: tuple[Lack, ...] = ()

    @property
    def stood(self) -> bool:
        return not self.lacks

    @property
    def words(self) -> str:
        """Why not, as the end of a sentence."""
        return "; ".join(WORDS[lack] for lack in self.lacks)


def authority_at(
    delegation: Delegation | None, *, person_id: UUID, worker_id: UUID, instruction_version: int, instant: datetime
) -> Authority:
    """Whether this worker might do this activity for this person by this instruction at this instant."""
    if delegation is None:
        return Authority((Lack.UNKNOWN_DELEGATION,))
    lacks: list[Lack] = []
    if delegation.person_id != person_id:
        lacks.append(Lack.OTHER_PERSON)
    state = state_at(delegation, instant)
    if state in _STATE_LACKS:
        lacks.append(_STATE_LACKS[state])
    lacks += _instruction_lacks(delegation, instruction_version, instant)
    lacks += _competence_lacks(delegation, worker_id, instruction_version, instant)
    return Authority(tuple(lacks))


def _instruction_lacks(delegation: Delegation, number: int, instant: datetime) -> list[Lack]:
    standing = delegation.instruction_at(instant)
    followed = delegation.instruction(number)
    if followed is None or standing is None or followed.written_at > instant:
        return [Lack.UNKNOWN_INSTRUCTION]
    return [] if _carries_over(delegation, number, standing.number) else [Lack.INSTRUCTION_REPLACED]


def _carries_over(delegation: Delegation, earlier: int, later: int) -> bool:
    """Whether no version after the earlier, up to the later, asked for competence to be confirmed anew."""
    return earlier <= later and not any(
        i.needs_reconfirmation for i in delegation.instructions if earlier < i.number <= later
    )


def _competence_lacks(delegation: Delegation, worker_id: UUID, number: int, instant: datetime) -> list[Lack]:
    own = [c for c in delegation.competences if c.worker_id == worker_id and c.assessed_at <= instant]
    if not own:
        return [Lack.NOT_COMPETENT]
    fitting = [c for c in own if fits(delegation, c, number)]
    if not fitting:
        return [Lack.OTHER_INSTRUCTION]
    found = [_lack_of(c, instant) for c in fitting]
    if None in found:
        return []
    return [lack for lack in found[-1:] if lack is not None]


def fits(delegation: Delegation, competence: Competence, number: int) -> bool:
    """Whether what a worker was found able by is no other, for them, than this version of the instruction."""
    low, high = sorted((competence.instruction_version, number))
    return _carries_over(delegation, low, high)


def _lack_of(competence: Competence, instant: datetime) -> Lack | None:
    """What a competence lacked at an instant; nothing: it stood."""
    day = local_date(instant)
    checks = (
        (_by(competence.declined_at, instant), Lack.DECLINED_BY_WORKER),
        (not _by(competence.accepted_at, instant), Lack.NOT_ACCEPTED_BY_WORKER),
        (day < competence.starts_on, Lack.COMPETENCE_NOT_BEGUN),
        (day > competence.ends_on or _by(competence.ended_at, instant), Lack.COMPETENCE_OVER),
        (_by(competence.suspended_at, instant), Lack.COMPETENCE_SUSPENDED),
    )
    return next((lack for failed, lack in checks if failed), None)


def _by(moment: datetime | None, instant: datetime) -> bool:
    return moment is not None and moment <= instant

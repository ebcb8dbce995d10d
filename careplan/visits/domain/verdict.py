"""What is answered for one record."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from careplan.kernel.errors import Problem
from careplan.visits.domain.flag import Flag


class VerdictStatus(StrEnum):
    """Only what is accepted may leave the tablet."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CONFLICT = "conflict"
    RETRY = "retry"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one record; `said` holds what goes with its status."""

    id: str | None
    status: VerdictStatus
    said: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "status": self.status.value, **self.said}


def accepted(record_id: str, flags: Iterable[Flag]) -> Verdict:
    """Taken, with what the coordinator should look at."""
    said = {"href": f"/api/v1/records/{record_id}", "flags": sorted({f.value for f in flags})}
    return Verdict(record_id, VerdictStatus.ACCEPTED, said)


def replayed(record_id: str, answer: dict[str, Any]) -> Verdict:
    """Taken before: the same answer again."""
    return Verdict(record_id, VerdictStatus.ACCEPTED, {**answer, "replay": True})


def rejected(record_id: str | None, *, code: str, message: str, problems: Iterable[Problem] = ()) -> Verdict:
    """Not stored; says what to mend."""
    fields = [{"field": p.field, "message": p.message} for p in problems]
    return Verdict(record_id, VerdictStatus.REJECTED, {"code": code, "message": message, "fields": fields})


def conflicting(record_id: str) -> Verdict:
    """The same id came with other content: the first stands."""
    message = "A record with this id was taken with other content. The first one stands; correct it by a new record."
    return Verdict(record_id, VerdictStatus.CONFLICT, {"code": "other_content", "message": message})


def in_use(record_id: str) -> Verdict:
    """The id belongs to somebody else, of whom nothing is said."""
    return Verdict(record_id, VerdictStatus.CONFLICT, {"code": "id_in_use", "message": "This id is in use."})


def again(record_id: str | None) -> Verdict:
    """Rolled back through no fault of the record: send it again."""
    message = "This could not be taken just now. Send it again."
    return Verdict(record_id, VerdictStatus.RETRY, {"code": "try_again", "message": message})

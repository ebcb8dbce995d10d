"""What has happened around a person, in one line each, the latest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from careplan.kernel.words import clock_time
from careplan.outcomes.domain.rating import Rating, Voice
from careplan.plans.domain.content import Outcome
from careplan.plans.domain.plan import SupportPlan
from careplan.plans.domain.state import Party
from careplan.visits.domain.visit import Status, Visit

RESULTS = {
    Status.COMPLETED: "",
    Status.NO_REPLY: "nobody answered the door",
    Status.REFUSED: "did not want the visit",
    Status.IN_HOSPITAL: "was in hospital",
}
PARTIES = {Party.COUNCIL: "for the council", Party.PROVIDER: "for the provider", Party.PERSON: "for the person"}


@dataclass(frozen=True, slots=True)
class Happening:
    """One line: when, who, what, and a tag where something stands out."""

    at: datetime
    who: str
    words: str
    note: str | None = None
    tag: str | None = None


def from_visits(visits: Iterable[Visit], *, names: Mapping[UUID, str]) -> list[Happening]:
    """A line for each visit that somebody recorded."""
    return [_visit(v, names) for v in visits if v.started_at is not None]


def from_ratings(
    ratings: Iterable[Rating], *, outcomes: Mapping[UUID, Outcome], names: Mapping[UUID, str]
) -> list[Happening]:
    """A line for each rating by anybody but a worker, whose notes come with their visit."""
    return [
        Happening(r.at, names.get(r.rater_id, "Somebody"), f"rated “{outcomes[r.outcome_id].words}”", r.words)
        for r in ratings
        if r.outcome_id in outcomes and r.voice is not Voice.WORKER
    ]


def from_plan(plan: SupportPlan | None, *, names: Mapping[UUID, str]) -> list[Happening]:
    """Who put forward and who agreed which version."""
    found = []
    for version in plan.versions if plan else ():
        if version.proposed_at and version.proposed_by:
            who = names.get(version.proposed_by, "The council")
            found.append(Happening(version.proposed_at, who, f"put forward version {version.number} of the plan"))
        for agreement in version.agreements:
            said = f"agreed version {version.number} {PARTIES[agreement.party]}"
            found.append(Happening(agreement.at, agreement.signer_name, said))
    return found


def latest(happenings: Iterable[Happening], *, most: int) -> list[Happening]:
    """The latest lines, latest first."""
    return sorted(happenings, key=lambda h: h.at, reverse=True)[:most]


def _visit(visit: Visit, names: Mapping[UUID, str]) -> Happening:
    assert visit.started_at is not None  # noqa: S101  it narrows the type: the caller leaves the others out
    records = visit.standing
    who = names.get(records[0].worker_id, "A care worker")
    until = f" to {clock_time(visit.ended_at)}" if visit.ended_at else ""
    words = f"{clock_time(visit.started_at)}{until}"
    tag = RESULTS.get(visit.status) or None
    return Happening(visit.started_at, who, words, "; ".join(r.note for r in records if r.note) or None, tag)

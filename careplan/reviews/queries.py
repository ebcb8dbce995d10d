"""Reviews as frozen values, and which plans are to be reviewed by when."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select

from careplan.db import db
from careplan.db.together import together
from careplan.hours import queries as hours
from careplan.kernel.clock import local_date
from careplan.kernel.errors import NotFound
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.kernel.period import period_number
from careplan.outcomes import queries as outcomes
from careplan.outcomes.domain.gap import Gap
from careplan.plans.domain.plan import SupportPlan
from careplan.plans.standing import ReviewDates, list_outcome_ids, list_review_dates
from careplan.reviews.domain.due import Dates, Due, due
from careplan.reviews.domain.review import Figures, Kind, Met, Reason, Review, Said
from careplan.reviews.models import ReviewRow


@dataclass(frozen=True, slots=True)
class DueReview:
    """A plan in force whose review is due, or soon will be."""

    plan_id: UUID
    person_id: UUID
    due: Due


def get_review(*, review_id: UUID) -> Review:
    """Raises NotFound."""
    found = find_review(review_id=review_id)
    if found is None:
        raise NotFound("There is no such review.")
    return found


def find_review(*, review_id: UUID) -> Review | None:
    """A review by its id."""
    row = db.session.get(ReviewRow, review_id)
    return _review(row) if row else None


def list_reviews(*, plan_id: UUID) -> list[Review]:
    """Every review of a plan, the latest held first."""
    return _list([plan_id])[plan_id]


def find_due(*, plan: SupportPlan, at: datetime) -> Due | None:
    """When the version in force is to be reviewed; None where none is in force."""
    version = plan.in_force
    if version is None:
        return None
    runs, gaps, held = together(
        lambda: hours.list_runs_of_contingency(plan_ids=[plan.id], on=local_date(at)),
        lambda: outcomes.list_gaps(person_ids=[plan.person_id]),
        lambda: list_reviews(plan_id=plan.id),
    )
    decision = version.not_agreed
    dates = Dates(
        version_id=version.id,
        review_on=version.content.review_on,
        not_agreed_on=decision.said.decided_on if decision else None,
        not_agreed_review_by=decision.said.review_by if decision else None,
        run_began_on=_run_began(plan.service_starts_on, runs.get(plan.id)),
        gaps_since=_since(
            gaps.get(plan.person_id, ()),
            {o.id for o in version.content.outcomes},
        ),
    )
    return due(dates, held)


def list_due(*, people: Select[UUID], at: datetime) -> list[DueReview]:
    """Plans of these people that are to be reviewed within three weeks, or were, the longest overdue first."""
    today = local_date(at)
    known = list_review_dates(people=people, at=at)
    runs = hours.list_runs_of_contingency(plan_ids=[k.plan_id for k in known], on=today)
    reviews = _list([k.plan_id for k in known])
    gaps = _gaps(known)
    found = [(k, due(_dates(k, runs.get(k.plan_id), gaps[k.person_id]), reviews[k.plan_id])) for k in known]
    shown = [DueReview(k.plan_id, k.person_id, d) for k, d in found if d is not None and d.shows(today)]
    return sorted(shown, key=lambda d: (d.due.on, d.plan_id))


def _gaps(known: Sequence[ReviewDates]) -> dict[UUID, tuple[date, ...]]:
    """By person, since when voices lie far apart on outcomes of the version in force."""
    found = outcomes.list_gaps(person_ids=[k.person_id for k in known])
    held = list_outcome_ids(version_ids=[k.version_id for k in known if k.person_id in found]) if found else {}
    return {k.person_id: _since(found.get(k.person_id, ()), held.get(k.version_id, frozenset())) for k in known}


def _since(gaps: Iterable[Gap], held: Collection[UUID]) -> tuple[date, ...]:
    return tuple(local_date(gap.since) for gap in gaps if gap.outcome_id in held)


def _dates(known: ReviewDates, run: tuple[int, int] | None, gaps_since: tuple[date, ...]) -> Dates:
    return Dates(
        version_id=known.version_id,
        review_on=known.review_on,
        not_agreed_on=known.not_agreed_on,
        not_agreed_review_by=known.not_agreed_review_by,
        run_began_on=_run_began(known.service_starts_on, run),
        gaps_since=gaps_since,
    )


def _run_began(service_starts_on: date | None, run: tuple[int, int] | None) -> date | None:
    """The first day of the second of two periods running in which time kept aside was used."""
    if run is None or service_starts_on is None:
        return None
    return period_number(service_starts_on, run[1]).starts_on


def _list(plan_ids: Iterable[UUID]) -> dict[UUID, list[Review]]:
    found: dict[UUID, list[Review]] = defaultdict(list)
    wanted: Sequence[UUID] = list(plan_ids)
    for row in db.session.scalars(
        select(ReviewRow)
        .where(ReviewRow.plan_id.in_(wanted))
        .order_by(ReviewRow.held_on.desc(), ReviewRow.at.desc(), ReviewRow.id.desc())
    ):
        found[row.plan_id].append(_review(row))
    return found


def _review(row: ReviewRow) -> Review:
    said = Said(
        kind=Kind(row.kind),
        held_on=row.held_on,
        took_part=row.took_part,
        words=row.words,
        after=_figures(row.pence_after, row.minutes_after),
        reason=Reason(row.reason) if row.reason else None,
        met=Met(row.met) if row.met else None,
        next_on=row.next_on,
    )
    return Review(
        id=row.id,
        plan_id=row.plan_id,
        person_id=row.person_id,
        version_id=row.version_id,
        version_number=row.version_number,
        said=said,
        before=_figures(row.pence_before, row.minutes_before),
        recorded_by=row.recorded_by,
        recorded_by_name=row.recorded_by_name,
        at=row.at,
    )


def _figures(pence: int | None, minutes: int) -> Figures:
    return Figures(Pence(pence) if pence is not None else None, Minutes(minutes))

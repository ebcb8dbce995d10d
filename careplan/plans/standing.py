"""How far the plans of many people have come, for lists: a few statements however many people there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, cast, func, literal, select, union_all
from sqlalchemy.dialects.postgresql import JSONPATH

from careplan.db import db
from careplan.plans.domain.content import PlanKind
from careplan.plans.domain.state import (
    FALLEN,
    Lapsed,
    Party,
    VersionFacts,
    VersionState,
    in_force_number,
    states_at,
)
from careplan.plans.in_force import select_in_force
from careplan.plans.models import BestInterestsRow, NotAgreedRow, PlanAgreementRow, PlanVersionRow, SupportPlanRow


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's plan in a list: the version in force, if any, and the state of the latest that was not taken back."""

    plan_id: UUID
    in_force: int | None
    is_interim: bool
    latest: VersionState | None


@dataclass(frozen=True, slots=True)
class ReviewDates:
    """The days that bear on the review of a version in force."""

    plan_id: UUID
    person_id: UUID
    version_id: UUID
    review_on: date | None
    not_agreed_on: date | None
    not_agreed_review_by: date | None
    service_starts_on: date | None


def list_standings(*, person_ids: Sequence[UUID], at: datetime) -> dict[UUID, Standing]:
    """The standing of each person's plan by person; whoever has no plan is left out."""
    plans = db.session.scalars(
        select(SupportPlanRow)
        .where(SupportPlanRow.person_id.in_(person_ids))
        .order_by(SupportPlanRow.ended_at.is_(None), SupportPlanRow.created_at, SupportPlanRow.id)
    ).all()
    facts = list_facts([p.id for p in plans])
    return {p.person_id: _standing(p, facts[p.id], at) for p in plans}


def list_ended(*, plan_ids: Iterable[UUID], at: datetime) -> set[UUID]:
    """Those of these plans that are over at an instant."""
    query = select(SupportPlanRow.id).where(SupportPlanRow.id.in_(list(plan_ids)), SupportPlanRow.ended_at <= at)
    return set(db.session.scalars(query))


def list_outcome_ids(*, version_ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """By version, the ids of the outcomes that it holds."""
    v = PlanVersionRow
    ids = func.jsonb_path_query_array(v.content, cast("$.outcomes[*].id", JSONPATH))
    found = db.session.execute(select(v.id, ids).where(v.id.in_(list(version_ids))))
    return {version_id: frozenset(map(UUID, held)) for version_id, held in found}


def select_given_by(*, provider_id: UUID, at: datetime) -> Select[UUID, UUID, int]:
    """(person, plan, number) of every version in force at an instant by which this provider gives the care."""
    found = select_in_force(at=at).subquery()
    given_by = PlanVersionRow.content["provider"]["organisation"].astext
    return (
        select(found.c.person_id, found.c.plan_id, found.c.number)
        .join(PlanVersionRow, PlanVersionRow.id == found.c.version_id)
        .where(given_by == str(provider_id))
    )


def _standing(plan: SupportPlanRow, versions: list[VersionFacts], at: datetime) -> Standing:
    states = states_at(versions, at=at, ended_at=plan.ended_at)
    kept = [number for number, state in states.items() if state not in FALLEN]
    in_force = in_force_number(versions, at=at) if VersionState.IN_FORCE in states.values() else None
    return Standing(
        plan_id=plan.id,
        in_force=in_force,
        is_interim=any(v.number == in_force and v.kind is PlanKind.INTERIM for v in versions),
        latest=states[max(kept)] if kept else None,
    )


def list_facts(plan_ids: Sequence[UUID]) -> dict[UUID, list[VersionFacts]]:
    """What the states of each plan's versions are told from, oldest first, by plan."""
    v = PlanVersionRow
    settled, lapsed = _settled(plan_ids), _lapsed(plan_ids)
    found: dict[UUID, list[VersionFacts]] = defaultdict(list)
    columns = (
        v.id, v.plan_id, v.number, v.kind, v.content["starts_on"].astext, v.proposed_at, v.withdrawn_at, v.counts_from,
        v.content["provider"]["organisation"].astext,
    )  # fmt: skip
    for version_id, plan_id, number, kind, starts_on, proposed_at, withdrawn_at, counts_from, provider in (
        db.session.execute(select(*columns).where(v.plan_id.in_(plan_ids)).order_by(v.number))
    ):
        found[plan_id].append(
            VersionFacts(
                number=number,
                kind=PlanKind(kind),
                starts_on=date.fromisoformat(starts_on) if starts_on else None,
                proposed_at=proposed_at,
                withdrawn_at=withdrawn_at,
                settled=settled[version_id],
                lapsed=tuple(lapsed[version_id]),
                counts_from=counts_from,
                provider=UUID(provider) if provider else None,
            )
        )
    return found


def _settled(plan_ids: Sequence[UUID]) -> dict[UUID, dict[Party, datetime]]:
    signed, person = PlanAgreementRow, literal(Party.PERSON.value)
    answers = union_all(
        select(signed.version_id, signed.party, signed.at).where(
            signed.plan_id.in_(plan_ids), signed.withdrawn_at.is_(None)
        ),
        *(
            select(instead.version_id, person, instead.at).where(instead.plan_id.in_(plan_ids))
            for instead in (BestInterestsRow, NotAgreedRow)
        ),
    )
    found: dict[UUID, dict[Party, datetime]] = defaultdict(dict)
    for version_id, party, at in db.session.execute(answers):
        found[version_id][Party(party)] = at
    return found


def _lapsed(plan_ids: Sequence[UUID]) -> dict[UUID, list[Lapsed]]:
    signed = PlanAgreementRow
    found: dict[UUID, list[Lapsed]] = defaultdict(list)
    for version_id, party, since, until in db.session.execute(
        select(signed.version_id, signed.party, signed.at, signed.withdrawn_at).where(
            signed.plan_id.in_(plan_ids), signed.withdrawn_at.is_not(None)
        )
    ):
        if until is not None:
            found[version_id].append(Lapsed(Party(party), since, until))
    return found


def list_review_dates(*, people: Select[UUID], at: datetime) -> list[ReviewDates]:
    """Of each of these people's version in force, the days that bear on its review; at most 1,000 plans."""
    found = select_in_force(at=at).subquery()
    v, without = PlanVersionRow, NotAgreedRow
    result = db.session.execute(
        select(
            found.c.plan_id,
            found.c.person_id,
            v.id,
            v.content["review_on"].astext,
            without.decided_on,
            without.review_by,
            SupportPlanRow.service_starts_on,
        )
        .join(v, v.id == found.c.version_id)
        .join(SupportPlanRow, SupportPlanRow.id == found.c.plan_id)
        .outerjoin(without, without.version_id == v.id)
        .where(found.c.person_id.in_(people))
        .order_by(found.c.plan_id)
        .limit(1_000)
    )
    return [
        ReviewDates(plan_id, person_id, version_id, date.fromisoformat(on) if on else None, decided, by, starts)
        for plan_id, person_id, version_id, on, decided, by, starts in result
    ]

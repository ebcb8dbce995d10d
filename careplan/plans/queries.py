"""Plans as they stand at an instant; `select_` hands set-based work up."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, case, cast, func, or_, select
from sqlalchemy.types import Date

from careplan.access import queries as access
from careplan.db import db
from careplan.db.together import together
from careplan.kernel.clock import local_date
from careplan.kernel.errors import NotFound
from careplan.people import queries as people
from careplan.people.domain.partnership import MemberKind
from careplan.plans import rows
from careplan.plans.domain.agreement import Agreement, CapacityToDecide
from careplan.plans.domain.answers import Answers
from careplan.plans.domain.content import InterimReason, PlanContent, PlanKind
from careplan.plans.domain.parsing import content_from_json
from careplan.plans.domain.plan import INTERIM_LASTS, Comment, PlanVersion, Suggestion, SupportPlan
from careplan.plans.domain.stance import StanceGiven
from careplan.plans.domain.state import Party, states_at
from careplan.plans.in_force import select_counting, select_in_force
from careplan.plans.models import (
    BestInterestsRow,
    CapacityFindingRow,
    DraftRevisionRow,
    NotAgreedRow,
    PlanAgreementRow,
    PlanCommentRow,
    PlanStanceRow,
    PlanSuggestionRow,
    PlanVersionRow,
    SupportPlanRow,
    UnfinishedRow,
)


@dataclass(frozen=True, slots=True)
class OverdueInterim:
    """An interim plan that has stood for longer than it should; it goes on until a full plan replaces it."""

    plan_id: UUID
    person_id: UUID
    number: int
    due_on: date


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What somebody typed on a page and has not saved: the form's names and values, in their order."""

    fields: tuple[tuple[str, str], ...]
    kept_at: datetime


def find_person_of_plan(*, plan_id: UUID, **_: object) -> UUID | None:
    """Whose plan it is, for the guard."""
    return db.session.scalar(select(SupportPlanRow.person_id).where(SupportPlanRow.id == plan_id))


def find_plan_of_person(*, person_id: UUID) -> UUID | None:
    """A person's plan: the latest, one that has not ended before one that has."""
    return db.session.scalar(select_plan_of_person(person_id=person_id))


def select_plan_of_person(*, person_id: UUID | ColumnElement[UUID]) -> Select[UUID]:
    """The id of a person's plan, as `find_plan_of_person` finds it."""
    return (
        select(SupportPlanRow.id)
        .where(SupportPlanRow.person_id == person_id)
        .order_by(SupportPlanRow.ended_at.is_not(None), SupportPlanRow.created_at.desc(), SupportPlanRow.id.desc())
        .limit(1)
    )


def has_ended(*, plan_id: UUID, at: datetime) -> bool:
    """Whether a plan is over at an instant."""
    ended_at = db.session.scalar(select(SupportPlanRow.ended_at).where(SupportPlanRow.id == plan_id))
    return ended_at is not None and ended_at <= at


def select_people_with_plan(*, at: datetime) -> Select[UUID]:
    """Ids of the people who have a plan, in whatever state, that is not over at an instant."""
    return select(SupportPlanRow.person_id).where(or_(SupportPlanRow.ended_at.is_(None), SupportPlanRow.ended_at > at))


def get_plan(*, plan_id: UUID, at: datetime) -> SupportPlan:
    """A plan with all its versions in their states at an instant.  Raises NotFound."""
    row = db.session.get(SupportPlanRow, plan_id)
    if row is None:
        raise NotFound("There is no such plan.")
    return _plan(row, at)


def _plan(row: SupportPlanRow, at: datetime) -> SupportPlan:
    return SupportPlan(
        id=row.id,
        person_id=row.person_id,
        created_at=row.created_at,
        service_starts_on=row.service_starts_on,
        ended_at=row.ended_at,
        ended_reason=row.ended_reason,
        versions=_versions(row, at),
    )


def find_plan(*, person_id: UUID, at: datetime) -> SupportPlan | None:
    """A person's plan, if they have one."""
    its_id = select_plan_of_person(person_id=person_id).scalar_subquery()
    row = db.session.scalar(select(SupportPlanRow).where(SupportPlanRow.id == its_id))
    return None if row is None else _plan(row, at)


def list_versions(*, plan_id: UUID, at: datetime) -> tuple[PlanVersion, ...]:
    """All versions, oldest first.  Raises NotFound."""
    return get_plan(plan_id=plan_id, at=at).versions


def get_version(*, plan_id: UUID, number: int, at: datetime) -> PlanVersion:
    """One version.  Raises NotFound."""
    found = get_plan(plan_id=plan_id, at=at).version(number)
    if found is None:
        raise NotFound(f"This plan has no version {number}.")
    return found


def list_versions_by_hash(*, digits: str) -> list[tuple[UUID, int]]:
    """(plan, number) of the versions whose hash begins with these digits; two at most, for then they tell nothing."""
    found = db.session.execute(
        select(PlanVersionRow.plan_id, PlanVersionRow.number)
        .where(PlanVersionRow.content_hash >= digits, PlanVersionRow.content_hash < f"{digits}g")
        .limit(2)
    )
    return [(r.plan_id, r.number) for r in found]


def last_recorded(*, plan_id: UUID) -> datetime | None:
    """The latest instant at which anything that a state is told from was recorded."""
    versions = select(func.greatest(func.max(PlanVersionRow.saved_at), func.max(PlanVersionRow.proposed_at))).where(
        PlanVersionRow.plan_id == plan_id
    )
    withdrawn = select(func.max(PlanVersionRow.withdrawn_at)).where(PlanVersionRow.plan_id == plan_id)
    signed = select(func.greatest(func.max(PlanAgreementRow.at), func.max(PlanAgreementRow.withdrawn_at))).where(
        PlanAgreementRow.plan_id == plan_id
    )
    instead = (select(func.max(row.at)).where(row.plan_id == plan_id) for row in (BestInterestsRow, NotAgreedRow))
    parts = (part.scalar_subquery() for part in (versions, withdrawn, signed, *instead))
    return db.session.scalar(select(func.greatest(*parts)))


def find_in_force(*, at: datetime, plan_id: UUID | None = None, person_id: UUID | None = None) -> PlanVersion | None:
    """The version in force of a plan, or of a person's plan, at an instant."""
    plan_id = plan_id or (find_plan_of_person(person_id=person_id) if person_id else None)
    row = db.session.get(SupportPlanRow, plan_id) if plan_id else None
    return _plan(row, at).in_force if row else None


def list_overdue_interims(*, people: Select[UUID], at: datetime) -> list[OverdueInterim]:
    """Interim plans of these people that should have been replaced by now, the longest overdue first."""
    found, since = select_in_force(at=at).subquery(), select_counting(at).subquery()
    v = PlanVersionRow
    due_on = select_due(since.c.since)
    result = db.session.execute(
        select(found.c.plan_id, found.c.person_id, found.c.number, due_on.label("due_on"))
        .join(since, since.c.version_id == found.c.version_id)
        .join(v, v.id == found.c.version_id)
        .where(found.c.kind == PlanKind.INTERIM.value, found.c.person_id.in_(people), due_on <= local_date(at))
        .order_by(due_on, found.c.plan_id)
        .limit(200)
    )
    return [OverdueInterim(r.plan_id, r.person_id, r.number, r.due_on) for r in result]


def select_due(since: ColumnElement[datetime]) -> ColumnElement[date | None]:
    """The day by which a version is to be reviewed, or replaced where it is interim: the twin of `replace_by`."""
    v = PlanVersionRow
    carried_over = v.content["interim"]["reason"].astext == InterimReason.CARRIED_OVER.value
    review_on = cast(v.content["review_on"].astext, Date)
    after_28_days = cast(func.timezone("Europe/London", since), Date) + INTERIM_LASTS.days
    stays = or_(v.kind == PlanKind.FULL.value, and_(carried_over, review_on.is_not(None)))
    return case((stays, review_on), else_=after_28_days)


def interim_due_on(*, plan: SupportPlan, at: datetime) -> date | None:
    """The day by which an interim plan in force should have been replaced, once that day has come."""
    due = plan.in_force.replace_by if plan.in_force else None
    return due if due is not None and due <= local_date(at) else None


def find_draft_revision(*, version_id: UUID, revision: int) -> PlanContent | None:
    """A draft as it stood after one save."""
    row = db.session.get(DraftRevisionRow, (version_id, revision))
    return content_from_json(row.content) if row else None


def find_unfinished(*, version_id: UUID, account_id: UUID, page: str, at: datetime) -> Unfinished | None:
    """What an account typed on a page of a draft and has not saved."""
    row = db.session.scalar(
        select(UnfinishedRow).where(
            UnfinishedRow.version_id == version_id,
            UnfinishedRow.account_id == account_id,
            UnfinishedRow.page == page,
            UnfinishedRow.expires_at > at,
        )
    )
    return Unfinished(tuple((n, v) for n, v in row.fields), row.kept_at) if row else None


def list_unfinished_pages(*, version_id: UUID, account_id: UUID, at: datetime) -> set[str]:
    """The pages of a draft on which an account typed something that it has not saved."""
    return set(
        db.session.scalars(
            select(UnfinishedRow.page).where(
                UnfinishedRow.version_id == version_id,
                UnfinishedRow.account_id == account_id,
                UnfinishedRow.expires_at > at,
            )
        )
    )


def list_findings(*, version_id: UUID) -> list[CapacityToDecide]:
    """Findings about the person's capacity to decide about a version, the latest first."""
    found = db.session.scalars(
        select(CapacityFindingRow)
        .where(CapacityFindingRow.version_id == version_id)
        .order_by(CapacityFindingRow.at.desc(), CapacityFindingRow.id.desc())
    )
    return [rows.finding(r) for r in found]


def find_finding(*, version_id: UUID) -> CapacityToDecide | None:
    """The latest finding about a version: it is the one that counts."""
    return next(iter(list_findings(version_id=version_id)), None)


def list_suggestions(*, plan_id: UUID) -> list[Suggestion]:
    """Every suggestion for a plan, oldest first."""
    query = (
        select(PlanSuggestionRow, PlanVersionRow.number)
        .join(PlanVersionRow, PlanVersionRow.id == PlanSuggestionRow.version_id)
        .where(PlanSuggestionRow.plan_id == plan_id)
        .order_by(PlanSuggestionRow.at, PlanSuggestionRow.id)
    )
    found, stances = together(lambda: db.session.execute(query).all(), lambda: _stances(plan_id))
    accounts = access.list_accounts_by_id(
        account_ids={account for r, _ in found for account in (r.by, r.decided_by) if account is not None}
    )
    return [rows.suggestion(r, number=number, accounts=accounts, stances=tuple(stances[r.id])) for r, number in found]


def find_suggestion(*, plan_id: UUID, suggestion_id: UUID) -> Suggestion | None:
    """One of a plan's suggestions."""
    return next((s for s in list_suggestions(plan_id=plan_id) if s.id == suggestion_id), None)


def list_comments(*, plan_id: UUID) -> list[Comment]:
    """Every comment on a plan, oldest first."""
    found = list(
        db.session.execute(
            select(PlanCommentRow, PlanVersionRow.number)
            .join(PlanVersionRow, PlanVersionRow.id == PlanCommentRow.version_id)
            .where(PlanCommentRow.plan_id == plan_id)
            .order_by(PlanCommentRow.at, PlanCommentRow.id)
        )
    )
    names = _names(r.by for r, _ in found)
    return [rows.comment(r, number=number, by_name=names.get(r.by, "")) for r, number in found]


def list_party_names(*, plan: SupportPlan, at: datetime) -> dict[Party, str]:
    """Who stands for each party: the allocated social worker, the provider of the latest version, the person."""
    content = plan.latest.content
    members, person = together(
        lambda: people.list_partnership(person_id=plan.person_id, at=at),
        lambda: people.get_person(person_id=plan.person_id),
    )
    allocated = [m.account_id for m in members if m.kind is MemberKind.SOCIAL_WORKER]
    return {
        Party.COUNCIL: ", ".join(_names(allocated).values()),
        Party.PROVIDER: content.provider.name if content.provider else "",
        Party.PERSON: person.name,
    }


def _versions(plan: SupportPlanRow, at: datetime) -> tuple[PlanVersion, ...]:
    found, signed = together(lambda: _written(plan.id), lambda: _agreements(plan.id))
    answers = {r.id: _answers(signed[r.id], decided, without) for r, decided, without in found}
    states = states_at([rows.facts_of(r, answers[r.id]) for r, *_ in found], at=at, ended_at=plan.ended_at)
    return tuple(rows.version(r, state=states[r.number], answers=answers[r.id]) for r, *_ in found)


def _written(plan_id: UUID) -> Sequence[Row[PlanVersionRow, BestInterestsRow, NotAgreedRow]]:
    """A plan's versions by number, each with what was decided in place of a signature."""
    v = PlanVersionRow
    query = (
        select(v, BestInterestsRow, NotAgreedRow)
        .outerjoin(BestInterestsRow, BestInterestsRow.version_id == v.id)
        .outerjoin(NotAgreedRow, NotAgreedRow.version_id == v.id)
        .where(v.plan_id == plan_id)
        .order_by(v.number)
    )
    return db.session.execute(query).all()


def _agreements(plan_id: UUID) -> dict[UUID, list[Agreement]]:
    """What was signed of each version of a plan, in the order in which it was."""
    signed: dict[UUID, list[Agreement]] = defaultdict(list)
    for row in db.session.scalars(
        select(PlanAgreementRow).where(PlanAgreementRow.plan_id == plan_id).order_by(PlanAgreementRow.at)
    ):
        signed[row.version_id].append(rows.agreement(row))
    return signed


def _answers(
    signed: Iterable[Agreement], decided: BestInterestsRow | None, without: NotAgreedRow | None
) -> Answers:
    """What the parties have answered to one version."""
    known = tuple(signed)
    return Answers(
        agreements=tuple(a for a in known if a.taken_back is None),
        taken_back=tuple(a for a in known if a.taken_back is not None),
        best_interests=rows.best_interests(decided) if decided else None,
        not_agreed=rows.not_agreed(without) if without else None,
    )


def _stances(plan_id: UUID) -> dict[UUID, list[StanceGiven]]:
    """What the parties say to each suggestion, in the order in which they said it."""
    found = list(
        db.session.scalars(
            select(PlanStanceRow).where(PlanStanceRow.plan_id == plan_id).order_by(PlanStanceRow.at, PlanStanceRow.id)
        )
    )
    names, given = _names(r.by for r in found), defaultdict(list)
    for row in found:
        given[row.suggestion_id].append(rows.stance(row, by_name=names.get(row.by, "")))
    return given


def _names(accounts: Iterable[UUID | None]) -> dict[UUID, str]:
    return access.list_account_names(account_ids={a for a in accounts if a is not None})

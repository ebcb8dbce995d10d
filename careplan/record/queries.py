"""What the pages about one whole person need, put together from each slice's own queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from careplan.access import queries as access
from careplan.access import trail
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Action, Section
from careplan.concerns import queries as concerns
from careplan.db.together import together
from careplan.delegation import queries as delegation
from careplan.endings import queries as endings
from careplan.endings.domain.ending import Ending
from careplan.hours import queries as hours
from careplan.hours.domain.adjusting import Adjustment, Standing
from careplan.hours.domain.view import BankView
from careplan.kernel import words
from careplan.kernel.clock import local_date, start_of_day
from careplan.organisations import queries as organisations
from careplan.organisations.domain.organisation import Organisation
from careplan.outcomes import queries as outcomes
from careplan.outcomes.domain.rating import Rating
from careplan.people import queries as people
from careplan.people.domain.allergy import AllergyStatus
from careplan.people.domain.contact import Contact
from careplan.people.domain.partnership import Member
from careplan.people.domain.person import Person
from careplan.plans.domain.content import PlanKind
from careplan.plans.domain.plan import PlanVersion, SupportPlan
from careplan.progress.domain.looking import Progress, progress_of
from careplan.record.domain import cover, happening
from careplan.record.domain.cover import Cover
from careplan.record.domain.greeting import ask, greeting
from careplan.record.domain.happening import Happening
from careplan.record.domain.waiting import Waiting
from careplan.record.listing import facts_of
from careplan.record.matters import Permissions, find_matters, reads, waits_of
from careplan.record.moving import Moving, find_moving
from careplan.visits import queries as visits
from careplan.visits.domain.visit import Visit

MOST_HAPPENINGS = 12
PLAN = (Section.PLAN, Action.READ)  # whoever has come to this home reads of the plan what is shown there


@dataclass(frozen=True, slots=True)
class NextVisit:
    """The next visit in words: when, and who comes for how long."""

    when: str
    who: str


@dataclass(frozen=True, slots=True)
class AroundLine:
    """Somebody in the partnership and what they do in it."""

    name: str
    part: str


@dataclass(frozen=True, slots=True)
class OneLook:
    """Everything that one look at a person shows to this reader; what they may not see is empty."""

    person: Person
    facts: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    waiting: Sequence[Waiting]
    plan: SupportPlan | None
    version: PlanVersion | None
    signatures: tuple[tuple[str, str], ...]
    outcomes: Sequence[Progress]
    happened: Sequence[Happening]
    bank: BankView | None
    bank_line: str
    weeks_gone: float | None
    delegations: Sequence[Cover]
    most_important: str
    around: Sequence[AroundLine]
    may_write_plan: bool
    may_draw: bool
    over: Ending | None
    coming: Ending | None
    may_end: bool
    may_read_carers: bool
    may_read_community: bool
    may_read_record: bool
    shows_visits: bool
    moving: Moving | None
    may_move: bool

    @property
    def is_interim(self) -> bool:
        return self.version is not None and self.version.kind is PlanKind.INTERIM


@dataclass(frozen=True, slots=True)
class Home:
    """The person's own first page, or that of someone who stands for them."""

    now: datetime
    person: Person
    is_own: bool
    greeting: str
    ask: Waiting | None
    ask_why: str
    fewer_hours: Sequence[Adjustment]
    shows_visits: bool
    next_visit: NextVisit | None
    most_important: str
    bank: BankView | None
    weeks_gone: float | None
    outcomes: Sequence[Progress]
    has_plan: bool
    may_read_community: bool
    seen: str
    over: Ending | None
    may_read_record: bool


def get_one_look(*, person_id: UUID, actor: Actor, allowed: Permissions, now: datetime) -> OneLook:
    """One look at a person, as far as this reader may see.  Raises NotFound."""
    today = local_date(now)
    person, matters, ratings, found, seen, members, contacts, about, over, coming, moving, tags = together(
        lambda: people.get_person(person_id=person_id),
        lambda: find_matters(person_id=person_id, actor=actor, allowed=allowed, now=now),
        lambda: outcomes.list_ratings(person_id=person_id) if reads(allowed, Section.OUTCOMES) else [],
        lambda: delegation.list_delegations(person_id=person_id) if reads(allowed, Section.DELEGATION) else [],
        lambda: _recent_visits(person_id, allowed, now),
        lambda: people.list_partnership(person_id=person_id, at=now),
        lambda: people.list_contacts(person_id=person_id),
        lambda: people.find_about(person_id=person_id),
        lambda: endings.find_over(person_id=person_id, at=now),
        lambda: endings.find_coming(person_id=person_id, at=now),
        lambda: find_moving(person_id=person_id, at=now),
        lambda: _tags(person_id, today),
    )
    plan, bank = matters.plan, matters.bank
    version = plan.in_force if plan else None
    names, firms = together(
        lambda: _names(members, ratings, plan, seen, [c.worker_id for d in found for c in d.competences]),
        lambda: _firms(members),
    )
    return OneLook(
        person=person,
        facts=facts_of(person, today),
        tags=((person.communication_note, "waiting"), *tags) if person.communication_note else tags,
        waiting=waits_of(person=person, matters=matters, actor=actor, now=now),
        plan=plan,
        version=version,
        signatures=_signatures(version),
        outcomes=progress_of(version.content, ratings, names=names, person=person.name) if version else [],
        happened=_happened(plan, seen, ratings, names),
        bank=bank,
        bank_line=_bank_line(bank),
        weeks_gone=_weeks_gone(bank, now) if over is None else None,
        delegations=cover.cover_of(found, names=names, now=now),
        most_important=about.sections.most_important if about else "",
        around=_around(members, contacts, firms, names),
        may_write_plan=(Section.PLAN, Action.WRITE) in allowed,
        may_draw=(Section.CONTINGENCY, Action.RECORD) in allowed and over is None,
        over=over,
        coming=coming,
        may_read_carers=(Section.CARER, Action.READ) in allowed,
        may_read_community=reads(allowed, Section.COMMUNITY) and version is not None,
        may_end=(Section.ENDING, Action.RECORD) in allowed,
        may_read_record=reads(allowed, Section.RECORD),
        shows_visits=reads(allowed, Section.VISITS),
        moving=moving if reads(allowed, Section.TRANSFER) else None,
        may_move=(Section.TRANSFER, Action.WRITE) in allowed and version is not None,
    )


def get_home(*, person_id: UUID, actor: Actor, now: datetime) -> Home:
    """The first page of a person, or of whoever stands for them."""
    allowed = access.list_allowed(actor=actor, person_id=person_id, now=now)
    person, matters, ratings, about, over = together(
        lambda: people.get_person(person_id=person_id),
        lambda: find_matters(person_id=person_id, actor=actor, allowed=allowed | {PLAN}, now=now),
        lambda: outcomes.list_ratings(person_id=person_id),
        lambda: people.find_about(person_id=person_id),
        lambda: endings.find_over(person_id=person_id, at=now),
    )
    plan, bank = matters.plan, matters.bank
    version = plan.in_force if plan else None
    names = _names([], ratings, plan, [], [])
    waiting = waits_of(person=person, matters=matters, actor=actor, now=now)
    is_own = actor.role is Role.CITIZEN
    return Home(
        now=now,
        person=person,
        is_own=is_own,
        greeting=greeting(person, actor, now) if over is None else person.name,
        ask=ask(waiting, is_own=is_own, name=person.known_as),
        ask_why=_why(plan, names),
        fewer_hours=_to_answer(person_id, allowed, is_own=is_own),
        shows_visits=reads(allowed, Section.VISITS) and over is None,
        next_visit=_next_visit(person_id, now) if reads(allowed, Section.VISITS) and over is None else None,
        most_important=about.sections.most_important if about else "",
        bank=bank,
        weeks_gone=_weeks_gone(bank, now),
        outcomes=progress_of(version.content, ratings, names=names, person=person.name) if version else [],
        may_read_community=reads(allowed, Section.COMMUNITY) and version is not None,
        has_plan=plan is not None and (plan.in_force or plan.ended or plan.proposed) is not None,
        seen=_seen(person_id, allowed, actor, now),
        over=over,
        may_read_record=reads(allowed, Section.RECORD),
    )


def _to_answer(person_id: UUID, allowed: Permissions, *, is_own: bool) -> list[Adjustment]:
    """Fewer hours that wait for this reader's answer: the person's own, or theirs who may decide for the person."""
    if (Section.HOURS, Action.AGREE) not in allowed:
        return []
    return [
        a
        for a in hours.list_adjustments_of_person(person_id=person_id)
        if a.standing is Standing.WAITS_FOR_PERSON and a.decided_for is not is_own
    ]


def _tags(person_id: UUID, today: date) -> tuple[tuple[str, str], ...]:
    adjustments, allergies = together(
        lambda: people.list_adjustments(person_id=person_id, on=today),
        lambda: people.get_allergies(person_id=person_id),
    )
    found = [("Reasonable adjustments", "")] if adjustments else []
    found += [(f"Allergic to {a.substance}", "stopped") for a in allergies.present]
    if allergies.status is AllergyStatus.NOT_ASKED:
        found.append(("Allergies: not asked yet", "waiting"))
    return tuple(found)


def _bank_line(bank: BankView | None) -> str:
    if bank is None:
        return ""
    said = [f"{words.short_duration(bank.granted)} to {words.short_day(bank.period.ends_on)}"]
    kept = bank.contingency
    if kept.granted:
        said.append(f"contingency {words.short_duration(kept.left)} of {words.short_duration(kept.granted)} left")
    if bank.unfunded:
        said.append(f"{words.short_duration(bank.unfunded)} unfunded")
    return " · ".join(said)


def _weeks_gone(bank: BankView | None, now: datetime) -> float | None:
    """Where today's line stands on the picture: weeks since the period began, or None outside it."""
    if bank is None or not bank.period.holds(local_date(now)):
        return None
    return (now - start_of_day(bank.period.starts_on)).total_seconds() / (7 * 86_400)


def _recent_visits(person_id: UUID, allowed: Permissions, now: datetime) -> list[Visit]:
    if not reads(allowed, Section.VISITS):
        return []
    return visits.list_past_visits(person_id=person_id, now=now, limit=MOST_HAPPENINGS)


def _happened(
    plan: SupportPlan | None, seen: Sequence[Visit], ratings: Sequence[Rating], names: dict[UUID, str]
) -> list[Happening]:
    known = {o.id: o for v in plan.versions for o in v.content.outcomes} if plan else {}
    lines = happening.from_visits(seen, names=names)
    lines += happening.from_ratings(ratings, outcomes=known, names=names)
    lines += happening.from_plan(plan, names=names)
    return happening.latest(lines, most=MOST_HAPPENINGS)


def _names(
    members: Sequence[Member],
    ratings: Sequence[Rating],
    plan: SupportPlan | None,
    seen: Sequence[Visit],
    others: Iterable[UUID],
) -> dict[UUID, str]:
    """Names of every account that the page speaks of, in one query."""
    wanted = {m.account_id for m in members} | {r.rater_id for r in ratings} | set(others)
    wanted |= {r.worker_id for v in seen for r in v.records}
    for version in plan.versions if plan else ():
        wanted |= {version.proposed_by} | {a.signer_id for a in version.agreements}
    return access.list_account_names(account_ids={w for w in wanted if w is not None})


def _signatures(version: PlanVersion | None) -> tuple[tuple[str, str], ...]:
    if version is None:
        return ()
    signed = [(f"✓ {a.signer_name}, {words.short_day(a.agreed_on)}", "settled") for a in version.agreements]
    if version.best_interests is not None:
        signed.append((f"Decided in their best interests, {words.short_day(version.best_interests.at)}", "waiting"))
    if version.not_agreed is not None:
        signed.append((f"Not agreed by the person, {words.short_day(version.not_agreed.said.decided_on)}", "stopped"))
    return (*signed, (version.short_hash, ""))


def _firms(members: Sequence[Member]) -> dict[UUID, Organisation]:
    return organisations.list_organisations_by_id(
        organisation_ids={m.organisation_id for m in members if m.organisation_id}
    )


def _around(
    members: Sequence[Member], known: Sequence[Contact], firms: dict[UUID, Organisation], names: dict[UUID, str]
) -> list[AroundLine]:
    contacts = {c.id: c for c in known}
    lines = []
    for member in members:
        name = names.get(member.account_id) if member.account_id else None
        if member.organisation_id and member.organisation_id in firms:
            name = firms[member.organisation_id].name
        if member.contact_id and member.contact_id in contacts:
            name = contacts[member.contact_id].name
        lines.append(AroundLine(name or "Somebody", member.kind.words))
    named = {m.contact_id for m in members}
    lines += [AroundLine(c.name, c.relation.words) for c in contacts.values() if c.id not in named]
    return lines


def _why(plan: SupportPlan | None, names: dict[UUID, str]) -> str:
    version = plan.proposed if plan else None
    if version is None or version.proposed_by is None or version.proposed_at is None:
        return ""
    who = names.get(version.proposed_by, "Your social worker")
    return f"{who} sent it to you on {words.day(version.proposed_at)}. Nothing changes until you have answered."


def _next_visit(person_id: UUID, now: datetime) -> NextVisit | None:
    soonest = visits.list_next_visits(person_id=person_id, now=now, limit=1)
    if not soonest or soonest[0].planned_start is None:
        return None
    visit, start = soonest[0], soonest[0].planned_start
    today = local_date(now)
    away = (local_date(start) - today).days
    when = {0: "Today", 1: "Tomorrow"}.get(away, words.day(start))
    names = access.list_account_names(account_ids=visit.workers)
    who = words.listed(sorted(names.values())) or "Somebody from the team"
    return NextVisit(
        f"{when} at {words.clock_time(start)}", f"{who}, for {words.duration(visit.planned_minutes or 0)}."
    )


def _seen(person_id: UUID, allowed: Permissions, actor: Actor, now: datetime) -> str:
    if not reads(allowed, Section.ACCESS_LOG):
        return ""
    hidden = concerns.find_hidden(person_id=person_id, reader=actor)
    number = trail.count_lookers(person_id=person_id, hidden=hidden, since=now - timedelta(days=7))
    said = {0: "Nobody has", 1: "One person has"}.get(number, f"{number} people have")
    return f"{said} looked at {'your' if actor.role is Role.CITIZEN else 'this'} record this week"

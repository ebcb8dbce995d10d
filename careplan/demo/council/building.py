"""Building the council through the services that the pages use, on the days on which things would happen."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from careplan.access import audit
from careplan.access import queries as access
from careplan.access.domain.policy import Action, Section
from careplan.db import db
from careplan.delegation.domain.delegation import Delegation
from careplan.delegation.service import carry_escalations_on
from careplan.demo.council import contents, living, medicating, money, moving, partings, planning
from careplan.demo.council.assessing import assess, give_margarets_papers
from careplan.demo.council.caring import look_after_jean
from careplan.demo.council.cast import Cast, assemble_cast
from careplan.demo.council.complaining import complain
from careplan.demo.council.delegating import delegate, hand_over_harolds_heels, sign_off_callum
from careplan.demo.council.doors import write_door
from careplan.demo.council.easy_reading import offer_easy_read_of_the_garden, write_easy_read
from careplan.demo.council.hours import (
    add_to_margarets_first_weeks,
    change_margarets_hours,
    close_periods,
    dispute_what_ran_out,
)
from careplan.demo.council.neighbourhood import ASKED, ask_in_the_neighbourhood, ask_the_visiting_circle
from careplan.demo.council.news import spread_the_news
from careplan.demo.council.plans import agree, coordinator_of, write_plan
from careplan.demo.council.progressing import rate_with_a_neighbour, rate_with_margaret
from careplan.demo.council.residents import enter, social_worker_of, surround_margaret
from careplan.demo.council.worrying import worry
from careplan.demo.personas import ISSUER, PERSONAS
from careplan.demo.story.characters import Character, Stage
from careplan.demo.story.margaret import MARGARET
from careplan.demo.story.meadow import MEADOW_BANK
from careplan.demo.story.neighbours import LARCH_HILL
from careplan.demo.story.partings import WILLOWS
from careplan.hours.domain.contingency import DrawRequest
from careplan.hours.service.contingency import draw_contingency
from careplan.kernel.clock import at_local, local_date
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.plans import queries as plans
from careplan.plans import service as plan_service
from careplan.plans.domain.agreement import Capacity
from careplan.plans.domain.plan import PlanVersion
from careplan.plans.domain.stance import Stance
from careplan.plans.domain.state import Party
from careplan.reviews import service as review_service

# Margaret's service began 44 days ago: her second period is in its third week, and her first review is due.
MARGARET_SINCE = 44
NEIGHBOURS_SINCE = 17
DAYS_PLANNED_AHEAD = 4
DAYS_REMEMBERED = 6  # of a neighbour's visits: each costs the first start of the demo a little
LAST_READ_NEWS = 5  # days ago


@dataclass(frozen=True, slots=True)
class Days:
    """The day on which the demo is built, and instants counted from it."""

    now: datetime

    @property
    def today(self) -> date:
        return local_date(self.now)

    def ago(self, days: int, at: time = time(10, 0)) -> datetime:
        """A time of day so many days ago."""
        return at_local(self.today - timedelta(days=days), at)


def is_built(*, now: datetime) -> bool:
    """Whether the database holds the council already."""
    return access.find_account_by_subject(issuer=ISSUER, subject=PERSONAS[0].slug, now=now) is not None


def build(*, now: datetime) -> None:
    """Fills an empty database, in the caller's transaction, as the owner of the tables."""
    days = Days(now)
    cast = assemble_cast(since=days.ago(400))
    planning.describe_workers(cast=cast, now=days.ago(60))
    _tell_margarets_story(cast, days)
    for character in (*LARCH_HILL, *MEADOW_BANK):
        _tell_story(character, cast, days)
    for parting in partings.partings(now=now):
        _tell_story(parting.character, cast, Days(min(parting.said.ends_at, parting.recorded_at)))
        partings.part(parting, cast=cast)
    for character in WILLOWS:
        _tell_story(character, cast, days)
    close_periods(now=days.now)
    moving.move_cyril(cast, now=days.now)
    moving.move_the_others(cast, now=days.now)
    planning.work_a_shift(cast=cast, day=days.today - timedelta(days=1))
    living.watch_over(now=days.now)
    carry_escalations_on(now=days.now)
    money.pay_and_charge(cast, now=days.now)
    living.ask_for_punctuality(cast, now=days.now)
    worry(cast=cast, long_ago=days.ago(6), now=days.now)
    spread_the_news(cast, read_until=days.ago(LAST_READ_NEWS), now=days.now)


def _tell_margarets_story(cast: Cast, days: Days) -> None:
    since, starts_on = days.ago(MARGARET_SINCE + 8), days.today - timedelta(days=MARGARET_SINCE)
    person_id = enter(MARGARET, cast=cast, now=since)
    surround_margaret(person_id, cast=cast, now=since + timedelta(hours=1))
    write_door(MARGARET, person_id, cast=cast, now=since + timedelta(hours=1))
    delegations = delegate(person_id=person_id, cast=cast, now=since + timedelta(hours=2), until=days.now)
    written, worker = days.ago(MARGARET_SINCE + 5), cast["social-worker"]
    assess(MARGARET, person_id=person_id, worker=worker, now=written - timedelta(days=1))
    plan_id = write_plan(
        MARGARET,
        person_id=person_id,
        cast=cast,
        written_at=written,
        starts_on=starts_on,
        delegations=delegations,
    )
    assert plan_id is not None  # noqa: S101  it narrows the type: Margaret has a plan
    give_margarets_papers(person_id=person_id, plan_id=plan_id, worker=worker, now=days.ago(MARGARET_SINCE + 1))
    write_easy_read(plan_id, cast=cast, written=days.ago(MARGARET_SINCE - 4), read=days.ago(MARGARET_SINCE - 6))
    _live_with_margaret(person_id, plan_id, delegations, cast, days)
    rate_with_margaret(person_id, plan_id, cast=cast, ago=days.ago, now=days.now)
    ask_the_visiting_circle(person_id, cast=cast, ago=days.ago, now=days.now)
    _draw(person_id, cast, days)
    _propose_the_garden(plan_id, cast, days)
    offer_easy_read_of_the_garden(plan_id, cast=cast, now=days.ago(1, time(16, 0)))
    _look(person_id, cast, days)
    medicating.expect_peak_flows(person_id=person_id, peak_flow=delegations[0])
    medicating.give_medicines(person_id=person_id, drops=delegations[1], cast=cast, now=days.now)
    medicating.furnish(person_id=person_id, cast=cast, now=days.now)
    complain(person_id, cast=cast, ago=days.ago)
    look_after_jean(person_id, cast=cast, ago=days.ago)


def _live_with_margaret(
    person_id: UUID, plan_id: UUID, delegations: tuple[Delegation, ...], cast: Cast, days: Days
) -> None:
    starts_on = days.today - timedelta(days=MARGARET_SINCE)
    version = plans.get_version(plan_id=plan_id, number=1, at=days.now)
    story = living.Story(
        key="main",
        person_id=person_id,
        plan_version=1,
        coordinator=cast["provider-coordinator"],
        delegations=delegations,
        outcomes=tuple(o.id for o in version.content.outcomes),
    )
    calls = living.margarets_calls(starts_on=starts_on, last=days.today + timedelta(days=DAYS_PLANNED_AHEAD))
    living.live(story, calls=calls, cast=cast, now=days.now)
    add_to_margarets_first_weeks(person_id=person_id, now=days.ago(MARGARET_SINCE - 20), cast=cast)
    change_margarets_hours(
        person_id=person_id, outcomes=story.outcomes, until=days.today + timedelta(days=30), changed=days.ago(4),
        asked=days.ago(1, time(15, 30)), cast=cast,
    )  # fmt: skip
    first = days.today + timedelta(days=DAYS_PLANNED_AHEAD + 1)
    planning.plan_margarets_weeks(
        person_id, cast=cast, first=first, now=days.now, activities={0: (delegations[0].id,), 3: (delegations[1].id,)}
    )
    sign_off_callum(delegations[0].id, cast=cast, now=days.ago(3, time(11, 0)))
    medicating.answer_low_readings(person_id=person_id, peak_flow=delegations[0], cast=cast, now=days.now)
    living.fall_short(
        story, low_at=days.ago(1, time(12, 45)), unsigned_at=days.ago(2, time(20, 20)),
        early_at=days.ago(2, time(8, 25)), cast=cast,
    )  # fmt: skip


def _draw(person_id: UUID, cast: Cast, days: Days) -> None:
    """Two hours of contingency were spent on a bad chest; another hour and a half waits for the social worker."""
    for ago, slug, minutes, what in (
        (
            9,
            "social-worker",
            120,
            "Up most of three nights with her chest; somebody sat with her.",
        ),
        (1, "provider-coordinator", 90, "Her chest is bad again and she could not manage the stairs to bed alone."),
    ):
        draw_contingency(
            person_id=person_id,
            request=DrawRequest(
                id=new_id(),
                circumstance="chest_infection",
                service="personal_care",
                exceptional=what,
                minutes=Minutes(minutes),
            ),
            actor=cast[slug],
            now=days.ago(ago, time(9, 0)),
        )


def _look(person_id: UUID, cast: Cast, days: Days) -> None:
    """Who opened Margaret's record in the last days, as the guard writes it down."""
    for ago, slug, section in (
        (5, "occupational-therapist", Section.OUTCOMES),
        (3, "social-worker", Section.PLAN),
        (2, "provider-coordinator", Section.PLAN),
        (1, "care-worker", Section.PERSON),
        (1, "nurse", Section.DELEGATION),
    ):
        entry = audit.Entry(
            cast[slug], section, Action.READ, "GET /people/<uuid:person_id>", person_id=person_id, subjects=[person_id]
        )
        audit.record(db.session, [entry], now=days.ago(ago, time(15, 30)))


def _propose_the_garden(plan_id: UUID, cast: Cast, days: Days) -> None:
    """Version 2 adds the walk on dry days that she asked for; council and provider agreed, and it waits for her."""
    worker, coordinator = cast["social-worker"], cast["provider-coordinator"]
    written = days.ago(3, time(11, 0))
    review = review_service.record_review(
        review_id=new_id(), plan_id=plan_id, said=contents.asked_for_a_walk(held_on=days.today - timedelta(days=4)),
        actor=worker, now=written,
    )  # fmt: skip
    draft = review_service.begin_next_version(plan_id=plan_id, review_id=review.id, actor=worker, now=written)
    content = contents.with_garden_walk(draft.content, starts_on=days.today + timedelta(days=4))
    plan_service.save_draft(
        plan_id=plan_id, changes=contents.sections(content), revision=draft.revision, actor=worker, now=written
    )
    version = plan_service.propose_plan(plan_id=plan_id, actor=worker, now=written)
    agree(version, party=Party.COUNCIL, capacity=Capacity.SOCIAL_WORKER, actor=worker, now=written)
    agree(version, party=Party.PROVIDER, capacity=Capacity.PROVIDER, actor=coordinator, now=days.ago(2))
    _suggest_more_for_bad_days(plan_id, version, cast, days)


def _suggest_more_for_bad_days(plan_id: UUID, version: PlanVersion, cast: Cast, days: Days) -> None:
    """The provider wants an hour more to be kept aside; the daughter says yes, and asks who would come."""
    suggestion = plan_service.suggest_change(
        suggestion_id=new_id(),
        plan_id=plan_id,
        number=version.number,
        item="contingency",
        field="minutes",
        value=300,
        why="Last winter her chest was bad for a week at a time. Four hours did not last.",
        actor=cast["provider-coordinator"],
        now=days.ago(2, time(15, 0)),
    )
    plan_service.answer_suggestion(
        plan_id=plan_id,
        suggestion_id=suggestion.id,
        stance=Stance.ACCEPTS,
        reason="She was worn out by it.",
        actor=cast["representative"],
        now=days.ago(1, time(18, 0)),
    )
    plan_service.add_comment(
        plan_id=plan_id,
        number=version.number,
        item="",
        suggestion_id=suggestion.id,
        words="Would it be Joy who comes?",
        actor=cast["representative"],
        now=days.ago(1, time(18, 5)),
    )


def _tell_story(character: Character, cast: Cast, days: Days) -> None:
    """One neighbour: entered, their plan as far as it has come, and where it is in force, the days since."""
    began = _began(character)
    starts_on = days.today - timedelta(days=began)
    entered = days.ago(max(began, 0) + 12)
    person_id = enter(character, cast=cast, now=entered)
    write_door(character, person_id, cast=cast, now=entered)
    written = days.ago(began + 4 if began > 0 else 3)
    assess(character, person_id=person_id, worker=social_worker_of(character, cast), now=written - timedelta(days=1))
    plan_id = write_plan(character, person_id=person_id, cast=cast, written_at=written, starts_on=starts_on)
    if plan_id is None or plans.find_in_force(plan_id=plan_id, at=days.now) is None:
        return
    story = living.Story(character.key, person_id, 1, coordinator_of(character, cast))
    calls = living.daily_calls(
        character.key,
        first=max(starts_on, days.today - timedelta(days=max(DAYS_REMEMBERED, living.goes_back(character.key)))),
        last=days.today + timedelta(days=DAYS_PLANNED_AHEAD),
    )  # fmt: skip
    living.live(story, calls=calls, cast=cast, now=days.now, skip_today=character.objects_to_sharing)
    living.settle_old_flags(story, before=days.ago(2))
    rate_with_a_neighbour(
        person_id, plan_id, first=sum(map(ord, character.key)), worker=social_worker_of(character, cast),
        ago=days.ago, now=days.now,
    )  # fmt: skip
    if character.stage is Stage.BANK_RUN_OUT:
        dispute_what_ran_out(person_id=person_id, disputed=days.now, decided=days.now, cast=cast)
    if character.key in ASKED:
        ask_in_the_neighbourhood(
            character.key, person_id, cast=cast, worker=social_worker_of(character, cast), ago=days.ago, now=days.now
        )
    if character.key == "harold":
        first = days.today + timedelta(days=DAYS_PLANNED_AHEAD + 1)
        heels = hand_over_harolds_heels(person_id=person_id, cast=cast, now=days.ago(4, time(10, 0)))
        planning.plan_harolds_weeks(
            person_id, cast=cast, first=first, now=days.now, activities={1: (heels.id,)}
        )


def _began(character: Character) -> int:
    """How many days ago a character's service began; negative: it begins so many days from now."""
    return {
        Stage.STARTS_NEXT_WEEK: -7,
        Stage.PROPOSED: -10,
        Stage.PROVIDER_AGREED: -9,
        Stage.DRAFT: -14,
        Stage.INTERIM: 2,
        Stage.INTERIM_OVERDUE: 33,
    }.get(character.stage, NEIGHBOURS_SINCE)

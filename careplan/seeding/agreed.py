"""The plan of an invented person, as agreed, and what it tells the hour bank."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from careplan.assessments.domain.outcome import CareActOutcome
from careplan.hours.domain.terms import Assessed, Basis, ContingencyTerms, Funder, Grant, Terms
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.plans.domain import content as c

DAYS_IN_WEEK = 7
# The bank holds a little more than is planned, as councils round up to the quarter of an hour.
ROUNDED_TO = 15
CONTINGENCY = Minutes(240)
PENCE_A_MINUTE = 40
FIRST_REVIEW = timedelta(weeks=7)
LEVELS = (
    "I cannot do it at all.", "I do it with two people.", "I do it with one person near me.", "I do it on my own.",
    "I do it on my own and help somebody else.",
)  # fmt: skip
WISHES = (
    (CareActOutcome.PERSONAL_HYGIENE, "I want to wash my own face and hair.", "Give me the flannel and wait."),
    (CareActOutcome.NUTRITION, "I want a hot dinner that I chose.", "Cook with me, not for me."),
    (CareActOutcome.HOME_USED_SAFELY, "I want to get to the kitchen without a fall.", "Walk beside me."),
    (CareActOutcome.COMMUNITY_FACILITIES, "I want to be at the club on Tuesdays.", "Have me ready by ten."),
    (CareActOutcome.APPROPRIATELY_CLOTHED, "I want to be dressed before my daughter rings.", "Lay out two blouses."),
)


@dataclass(frozen=True, slots=True)
class Ids:
    """What the plan refers to."""

    plan: UUID
    version: UUID
    person: UUID
    provider: UUID


def weekly_minutes(daily: int) -> Minutes:
    """What a plan grants for a week of these daily calls, with a tenth to spare."""
    wanted = daily * DAYS_IN_WEEK * 11 // 10
    return Minutes(-(-wanted // ROUNDED_TO) * ROUNDED_TO)


def content_of(ids: Ids, *, provider_name: str, starts_on: date, daily: int, turn: int) -> c.PlanContent:
    """Two outcomes, four equal weeks, and everything that a plan must have; `turn` varies the wishes."""
    weekly = weekly_minutes(daily)
    wishes = [WISHES[(turn + k) % len(WISHES)] for k in range(2)]
    needs = tuple(c.Need(new_id(), care_act, "I cannot manage this alone.") for care_act, _, _ in wishes)
    outcomes = tuple(
        c.Outcome(
            new_id(), need.id, words, care_act=(need.care_act,), wellbeing=(c.Wellbeing.INDEPENDENCE,), importance=8,
            confidence=4, levels=LEVELS,
        )
        for need, (_, words, _) in zip(needs, wishes, strict=True)
    )  # fmt: skip
    actions = tuple(
        c.Action(new_id(), outcome.id, words, who=provider_name, when="At each visit")
        for outcome, (_, _, words) in zip(outcomes, wishes, strict=True)
    )
    return c.PlanContent(
        plan=ids.plan,
        version=1,
        starts_on=starts_on,
        provider=c.Provider(ids.provider, provider_name),
        needs=needs,
        outcomes=outcomes,
        actions=actions,
        hours=c.PlanHours((c.Grant(new_id(), weeks=(weekly,) * 4),), basis=Basis.ACTUAL),
        contingency=c.Contingency(
            CONTINGENCY,
            (c.Named("chest_infection", "A chest infection"),),
            (c.Named("personal_care", "Help at home"),),
            Minutes(60),
        ),
        risks=(c.Risk(new_id(), "I may fall.", "Shoes on, hold the rail."),),
        missed_visit=c.MissedVisit(list(c.Rank)[turn % len(c.Rank)], "My daughter", "Ring me, then ring her."),
        no_reply=(c.NoReplyStep(Minutes(0), "Ring the bell twice."), c.NoReplyStep(Minutes(10), "Ring my daughter.")),
        emergency_plan=c.EmergencyPlan("I have fallen.", "Do not lift me.", "999, then my daughter.", "Ring the team."),
        budget=c.Budget(Pence(weekly * PENCE_A_MINUTE), Pence(0), Pence(weekly * PENCE_A_MINUTE)),
        how_met="Care at home every day.",
        prevention_advice="Balance class at the library.",
        review_on=starts_on + FIRST_REVIEW,
    )


def terms_of(ids: Ids, content: c.PlanContent) -> Terms:
    """What the plan tells the hour bank."""
    assert content.starts_on is not None  # noqa: S101  every plan made here has its first day
    weekly = content.hours.weeks[0]
    return Terms(
        plan_version_id=ids.version,
        plan_id=ids.plan,
        person_id=ids.person,
        provider_id=ids.provider,
        version_number=1,
        service_starts_on=content.starts_on,
        counts_from=content.starts_on,
        grants=(Grant(Funder.COUNCIL, (weekly, weekly, weekly, weekly)),),
        basis=Basis.ACTUAL,
        contingency=ContingencyTerms(
            CONTINGENCY,
            (Assessed("chest_infection", "A chest infection"),),
            (Assessed("personal_care", "Help at home"),),
            Minutes(60),
        ),
    )

"""What the characters' plans say: their aims from the story, and around them what every lawful plan needs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from careplan.delegation.domain.delegation import Delegation
from careplan.demo.story.characters import Aim, Character
from careplan.hours.domain.terms import WHOLE
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.plans.domain import content as c
from careplan.plans.domain.library import usual_wellbeing
from careplan.reviews.domain.review import Figures, Kind, Reason, Said

# Pence an hour: what Leeds pays an urban provider for a planned hour, and the person's part by the week.
HOURLY = 2450
PERSON_WEEKLY = Pence(4_620)
WEEK = timedelta(weeks=1)
FIXED = ("schema", "plan", "version", "kind")


def sections(content: c.PlanContent) -> dict[str, Any]:
    """The parts of a content that a draft takes in."""
    return {name: value for name, value in c.as_json(content).items() if name not in FIXED}


def full_plan(
    character: Character,
    *,
    draft: c.PlanContent,
    provider: c.Provider,
    starts_on: date,
    delegations: Sequence[Delegation] = (),
) -> c.PlanContent:
    """A whole plan for a character, ready to be proposed."""
    needs = tuple(c.Need(new_id(), c.CareActOutcome(aim.care_act), aim.need) for aim in character.aims)
    outcomes = tuple(_outcome(a, n.id, starts_on) for a, n in zip(character.aims, needs, strict=True))
    weeks = tuple(Minutes(hours * 60) for hours in character.weeks)
    return replace(
        draft,
        starts_on=starts_on,
        provider=provider,
        needs=needs,
        outcomes=outcomes,
        actions=tuple(a for aim, o in zip(character.aims, outcomes, strict=True) for a in _actions(aim, o.id)),
        hours=c.PlanHours(
            grants=(_grant(character, weeks),),
            basis=c.Basis.ACTUAL,
            weekly_floor=Minutes(min(weeks) // 2),
            weekly_ceiling=Minutes(max(weeks) * 5 // 4),
            carry_over=c.CarryOver(c.CarryOverRule.MINUTES, 120) if character.key == "main" else c.CarryOver(),
            double_handed=character.double_handed,
        ),
        contingency=_contingency(character),
        adjustment=c.Adjustment(c.Direction.BOTH, percent=10, minutes=Minutes(240)),
        delegations=tuple(_delegated(d) for d in delegations),
        risks=(c.Risk(new_id(), "A fall while nobody is there", "Wear the pendant; the alarm rings the neighbour"),),
        missed_visit=_missed_visit(character),
        no_reply=NO_REPLY,
        emergency_plan=_emergency(character),
        budget=_budget(weeks),
        how_met="With a provider who comes when it suits the person, with family, and with the neighbourhood.",
        prevention_advice="Exercise class at the Larch Hill centre on Mondays; a free home fire safety visit.",
        review_on=starts_on + 7 * WEEK,
    )


def interim_plan(
    character: Character,
    *,
    draft: c.PlanContent,
    provider: c.Provider,
    starts_on: date,
    told_on: date,
    reason: c.InterimReason,
) -> c.PlanContent:
    """The little that must be known before care starts."""
    weeks = tuple(Minutes(hours * 60) for hours in character.weeks)
    return replace(
        draft,
        starts_on=starts_on,
        provider=provider,
        hours=c.PlanHours(grants=(c.Grant(new_id(), c.Funder.COUNCIL, weeks),)),
        risks=(c.Risk(new_id(), "A fall on the stairs", "Sleep downstairs for now; commode in the front room"),),
        missed_visit=_missed_visit(character),
        interim=c.Interim(
            reason=reason,
            needs_as_known="Help with washing and dressing, meals, and someone to look in at night.",
            allergies="Asked: none known",
            access="The neighbour at the next door has a key.",
            told_on=told_on,
        ),
    )


def with_garden_walk(content: c.PlanContent, *, starts_on: date) -> c.PlanContent:
    """Margaret's second version: one more thing that Harbour Care does, on dry days."""
    walk = content.outcomes[0]
    added = c.Action(
        new_id(),
        walk.id,
        "On dry days, walk with me to the garden bench and sit until I say",
        c.DoneBy.PROVIDER,
        "Harbour Care",
        "On dry days, at the lunchtime visit",
    )
    actions = list(content.actions)
    actions.insert(1, added)
    return replace(content, starts_on=starts_on, actions=tuple(actions), review_on=starts_on + 26 * WEEK)


def asked_for_a_walk(*, held_on: date) -> Said:
    """The review on which Margaret's second version rests; it changes neither what her week costs nor its hours."""
    return Said(
        kind=Kind.UNPLANNED,
        reason=Reason.REQUEST,
        held_on=held_on,
        took_part="Margaret; Jean Hall, her sister; Sam Okafor of Harbour Care",
        words="Margaret walks to the back door alone now. On dry days she wants to sit on her bench with somebody.",
        after=Figures(Pence(36_750), Minutes(900)),
    )


def _outcome(aim: Aim, need: UUID, starts_on: date) -> c.Outcome:
    return c.Outcome(
        id=new_id(),
        need=need,
        words=aim.want,
        aim=c.Aim.MAINTAIN if aim.maintain else c.Aim.IMPROVE,
        care_act=(c.CareActOutcome(aim.care_act),),
        wellbeing=_wellbeing(aim),
        importance=aim.importance,
        confidence=aim.confidence,
        target_date=starts_on + 26 * WEEK,
        levels=aim.levels,
        baseline=0 if aim.maintain else -1,
        weight=max(1, aim.importance // 3),
    )


def _wellbeing(aim: Aim) -> tuple[c.Wellbeing, ...]:
    """The aim's own area, and the one that most often goes with the need, where it is another."""
    return tuple(dict.fromkeys((c.Wellbeing(aim.wellbeing), usual_wellbeing(c.CareActOutcome(aim.care_act)))))


def _actions(aim: Aim, outcome: UUID) -> list[c.Action]:
    return [c.Action(new_id(), outcome, s.words, c.DoneBy(s.by), s.who, s.when) for s in aim.steps]


def _grant(character: Character, weeks: tuple[Minutes, ...]) -> c.Grant:
    """The council pays, or for a few the council and the NHS together."""
    if character.council_percent is None:
        return c.Grant(new_id(), c.Funder.COUNCIL, weeks)
    parts = c.Parts(character.council_percent, WHOLE - character.council_percent)
    return c.Grant(new_id(), c.Funder.JOINT, weeks, parts)


def _contingency(character: Character) -> c.Contingency | None:
    if character.key != "main":
        return None
    return c.Contingency(
        minutes=Minutes(240),
        circumstances=(
            c.Named("chest_infection", "Her chest is bad and she cannot manage the stairs"),
            c.Named("sister_away", "Jean is away or ill"),
        ),
        services=(
            c.Named("personal_care", "Washing, dressing and getting to bed"),
            c.Named("meals", "Meals and drinks"),
        ),
        provider_limit=Minutes(60),
    )


def _delegated(delegation: Delegation) -> c.PlanDelegation:
    return c.PlanDelegation(
        delegation=delegation.id,
        activity=delegation.activity,
        instruction_version=max(i.number for i in delegation.instructions),
        until_competent="The community nurses, on their morning round",
    )


def _missed_visit(character: Character) -> c.MissedVisit:
    return c.MissedVisit(
        rank=c.Rank.HIGH if character.lives_alone else c.Rank.MEDIUM,
        contact="The provider's office, then the next of kin",
        response="Ring first. If nobody answers, somebody goes within the hour.",
    )


def _emergency(character: Character) -> c.EmergencyPlan:
    return c.EmergencyPlan(
        triggers=f"{character.given} cannot get up, cannot breathe, or is not where we expect.",
        steps="Stay, keep warm, ring 999 if in doubt, then the office.",
        call="Office 01632 960200, out of hours 01632 960110",
        if_carer_fails="The office covers the next two days from the hours kept aside and rings the social worker.",
    )


def _budget(weeks: Sequence[Minutes]) -> c.Budget:
    total = sum(weeks) * HOURLY // 60 // 4
    return c.Budget(Pence(total), PERSON_WEEKLY, Pence(total - PERSON_WEEKLY))


NO_REPLY = (
    c.NoReplyStep(Minutes(0), "Knock, ring the bell, look through the window"),
    c.NoReplyStep(Minutes(5), "Ring the telephone, then the next of kin"),
    c.NoReplyStep(Minutes(10), "Use the key safe and call out"),
    c.NoReplyStep(Minutes(20), "Ring the office; they ring the hospital and then the police"),
)

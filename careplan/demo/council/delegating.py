"""The two health activities that Margaret's nurse handed to named care workers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from careplan.delegation.domain.delegation import Delegation, NormalRange
from careplan.delegation.service.proposing import NewInstruction, Proposal, accept_delegation, propose_delegation
from careplan.delegation.service.workers import accept_competence, assess_competence
from careplan.demo.council.cast import Cast
from careplan.kernel.clock import local_date


@dataclass(frozen=True, slots=True)
class Able:
    """A worker who was found able, and for how many days from the assessment."""

    slug: str
    days: int


def delegate(*, person_id: UUID, cast: Cast, now: datetime, until: datetime) -> tuple[Delegation, Delegation]:
    """Peak flow in the mornings, with two workers; eye drops in the evenings, with one whose time is nearly up."""
    left = (until - now).days
    peak_flow = _hand_over(PEAK_FLOW, (Able("care-worker", 150), Able("ade", 90)), person_id, cast, now)
    drops = _hand_over(EYE_DROPS, (Able("ade", left + 6),), person_id, cast, now)
    return peak_flow, drops


def _hand_over(draft: Proposal, able: tuple[Able, ...], person_id: UUID, cast: Cast, now: datetime) -> Delegation:
    nurse, coordinator, today = cast["nurse"], cast["provider-coordinator"], local_date(now)
    proposal = Proposal(
        activity_code=draft.activity_code,
        activity=draft.activity,
        provider_id=cast.houses["harbour_care"],
        why_suitable=draft.why_suitable,
        consent="Margaret asked for it: she would rather see the faces she knows.",
        escalation=draft.escalation,
        stop_criteria=draft.stop_criteria,
        instruction=draft.instruction,
        exclusions=draft.exclusions,
        equipment=draft.equipment,
        time_window=draft.time_window,
        review_on=today + timedelta(days=84),
    )
    delegation = propose_delegation(person_id=person_id, proposal=proposal, actor=nurse, now=now)
    accept_delegation(delegation_id=delegation.id, actor=coordinator, now=now + timedelta(hours=3))
    seen = now + timedelta(days=1)
    for each in able:
        competence = assess_competence(
            delegation_id=delegation.id,
            worker_id=cast[each.slug].account_id,
            instruction_version=1,
            trained_on=today,
            observed_on=local_date(seen),
            starts_on=local_date(seen),
            ends_on=local_date(seen) + timedelta(days=each.days),
            actor=nurse,
            now=seen,
        )
        delegation = accept_competence(competence_id=competence, actor=cast[each.slug], now=seen + timedelta(hours=1))
    return delegation


PEAK_FLOW = Proposal(
    activity_code="peak_flow",
    activity="Peak flow, mornings",
    provider_id=UUID(int=0),
    why_suitable="Her chest is stable, and she blows well when somebody counts with her.",
    consent="",
    escalation="Below 230: ring the community nurses at once. Below 180, or blue lips: 999.",
    stop_criteria="Two readings below 180 in a week, or she no longer wants it.",
    exclusions="Not while she has a chest infection: the nurses come then.",
    equipment="Her own peak flow meter, in the kitchen drawer.",
    time_window="Between 07:30 and 09:30, before her inhaler",
    instruction=NewInstruction(
        steps=(
            "Sit her upright and put the pointer to nought.",
            "Ask for a deep breath, lips tight round it, and one hard blow.",
            "Do it three times and write down the best.",
        ),
        ranges=(NormalRange("Peak flow", "L/min", Decimal(230), Decimal(400)),),
        record_what="The best of three, and how she looked.",
    ),
)
EYE_DROPS = Proposal(
    activity_code="eye_drops",
    activity="Eye drops, evenings",
    provider_id=UUID(int=0),
    why_suitable="One drop in each eye; her hands shake too much to do it herself.",
    consent="",
    escalation="A red or painful eye: ring the community nurses the same evening.",
    stop_criteria="A red or painful eye, or the bottle has been open for four weeks.",
    exclusions="Never if the bottle has no date on it.",
    equipment="The bottle in the fridge door; a clean tissue.",
    time_window="Between 19:30 and 21:00",
    instruction=NewInstruction(
        steps=(
            "Wash your hands. Check the name, the date and which eye.",
            "Pull the lower lid down, one drop, and let her close the eye for a minute.",
            "Write it on the sheet by the fridge as well.",
        ),
        ranges=(),
        record_what="Done or not, and why not.",
    ),
)

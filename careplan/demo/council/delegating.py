"""Health activities that the nurse handed to named care workers: two of Margaret's, and one of Harold's."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from careplan.delegation.domain.delegation import ConsentBasis, Delegation, NormalRange, Reach
from careplan.delegation.domain.ladder import EscalationStep, When
from careplan.delegation.queries import get_delegation
from careplan.delegation.service.proposing import (
    NewInstruction,
    Proposal,
    accept_delegation,
    propose_delegation,
    write_instruction,
)
from careplan.delegation.service.workers import accept_competence, assess_competence
from careplan.demo.council.cast import Cast
from careplan.kernel.clock import local_date


@dataclass(frozen=True, slots=True)
class Able:
    """A worker who was found able, and for how many days from the assessment."""

    slug: str
    days: int


def delegate(*, person_id: UUID, cast: Cast, now: datetime, until: datetime) -> tuple[Delegation, Delegation]:
    """Peak flow in the mornings, with two workers; eye drops in the evenings, with one who is left twelve days."""
    left = (until - now).days
    peak_flow = _hand_over(PEAK_FLOW, (Able("care-worker", 150), Able("ade", 90)), person_id, cast, now)
    drops = _hand_over(EYE_DROPS, (Able("ade", left + DROPS_DAYS_LEFT - 1),), person_id, cast, now)
    return peak_flow, drops


def sign_off_callum(delegation_id: UUID, *, cast: Cast, now: datetime) -> None:
    """Callum was found able, from two days later on; he will not wait so long."""
    today, callum = local_date(now), cast["care-worker-uncertified"]
    competence = assess_competence(
        delegation_id=delegation_id,
        worker_id=callum.account_id,
        instruction_version=1,
        trained_on=today - timedelta(days=3),
        trained_by="Sarah Cole, trainer of the trust",
        observed_on=today - timedelta(days=1),
        observed_by="Grace Thornton, nurse",
        starts_on=today + timedelta(days=2),
        ends_on=today + timedelta(days=180),
        actor=cast["nurse"],
        now=now,
    )
    accept_competence(competence_id=competence, actor=callum, now=now + timedelta(hours=1))


def hand_over_harolds_heels(*, person_id: UUID, cast: Cast, now: datetime) -> Delegation:
    """The provider has taken it on, and no worker may do it yet; the nurse has written it a second time."""
    given = _hand_over(HEELS, (), person_id, cast, now)
    written = NewInstruction(
        steps=(
            *HEELS.instruction.steps[:2],
            "Lift both heels clear of the mattress on the foam.",
            HEELS.instruction.steps[2],
        ),
        ranges=(),
        record_what=HEELS.instruction.record_what,
        change_reason="The foam has come.",
        equipment="Barrier cream from the bathroom shelf; the heel foam on the bed.",
    )
    write_instruction(delegation_id=given.id, instruction=written, actor=cast["nurse"], now=now + timedelta(days=1))
    return get_delegation(delegation_id=given.id)


def _hand_over(draft: Proposal, able: tuple[Able, ...], person_id: UUID, cast: Cast, now: datetime) -> Delegation:
    nurse, coordinator, today = cast["nurse"], cast["provider-coordinator"], local_date(now)
    proposal = Proposal(
        activity_code=draft.activity_code,
        activity=draft.activity,
        provider_id=cast.houses["harbour_care"],
        why_suitable=draft.why_suitable,
        consent=draft.consent,
        escalation=draft.escalation,
        stop_criteria=draft.stop_criteria,
        instruction=draft.instruction,
        exclusions=draft.exclusions,
        equipment=draft.equipment,
        time_window=draft.time_window,
        review_on=today + timedelta(days=84),
        ladder=LADDER,
        reach=REACH,
        consent_basis=ConsentBasis.PERSON,
        supervision_on=today + timedelta(days=56),
        critical=draft.critical,
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
            trained_by="Sarah Cole, trainer of the trust",
            observed_by="Grace Thornton, nurse",
        )
        delegation = accept_competence(competence_id=competence, actor=cast[each.slug], now=seen + timedelta(hours=1))
    return delegation


DROPS_DAYS_LEFT = 12
MARGARETS_YES = "Margaret asked for it: she would rather see the faces she knows."
REACH = Reach("NMC", "18I2345E", "Grace Thornton, 01632 960401", "Night nurses, 01632 960499")
LADDER = (
    EscalationStep(1, "Community nurses", "01632 960401", 30, When.IN_HOURS),
    EscalationStep(2, "Night nurses", "01632 960499", 30, When.OUT_OF_HOURS),
    EscalationStep(3, "Larch Street Surgery", "01632 960500", 120, When.IN_HOURS),
    EscalationStep(4, "NHS 111", "111", 120, When.OUT_OF_HOURS),
)
PEAK_FLOW = Proposal(
    activity_code="peak_flow",
    activity="Peak flow, mornings",
    provider_id=UUID(int=0),
    why_suitable="Her chest is stable, and she blows well when somebody counts with her.",
    consent=MARGARETS_YES,
    escalation="Below 230: ring the community nurses at once. Below 180, or blue lips: 999.",
    stop_criteria="Two readings below 180 in a week, or she no longer wants it.",
    exclusions="Not while she has a chest infection: the nurses come then.",
    equipment="Her own peak flow meter, in the kitchen drawer.",
    time_window="Between 07:30 and 09:30, before her inhaler",
    critical=(time(7, 30), time(9, 30)),
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
    consent=MARGARETS_YES,
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
HEELS = Proposal(
    activity_code="heel_care",
    activity="Heels: look and cream",
    provider_id=UUID(int=0),
    why_suitable="His skin is whole, and whoever helps him to bed sees his heels anyway.",
    consent="Mr Quaye said yes, if it is done after the football.",
    escalation="Skin that stays red when pressed, or is broken: ring the community nurses the same day.",
    stop_criteria="Broken skin.",
    exclusions="Not on broken skin.",
    equipment="Barrier cream from the bathroom shelf.",
    instruction=NewInstruction(
        steps=(
            "Wash your hands and look at both heels.",
            "Press with a finger: does it go pale, and come back?",
            "A thin layer of cream; do not rub.",
        ),
        ranges=(),
        record_what="How both heels looked.",
    ),
)

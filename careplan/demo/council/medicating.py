"""Margaret's medicines as they were given, readings that were answered, and what stands in her home."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.dialects.postgresql import insert as insert_or_skip

from careplan.db import db
from careplan.delegation import queries as delegations
from careplan.delegation import service as delegation
from careplan.delegation.domain.delegation import Delegation
from careplan.delegation.domain.occasion import Measured, OccasionResult
from careplan.demo.council.cast import Cast
from careplan.equipment.domain.item import ItemEvent, ItemKind, NewItem
from careplan.equipment.domain.referral import NewReferral, ReferralEvent, Urgency
from careplan.equipment.service import move_item_on, move_referral_on, prescribe, refer
from careplan.kernel.clock import at_local, local_date, local_time
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.medicines.domain.correcting import Correction
from careplan.medicines.domain.dose import DoseResult
from careplan.medicines.models import DoseRow
from careplan.medicines.queries import list_doses
from careplan.medicines.service import correct_dose, link_delegation, record_dose
from careplan.people.domain.medicine import Medicine
from careplan.people.queries import list_medicines
from careplan.visits.models import VisitActivityRow
from careplan.visits.queries import list_whole_visits

DAYS_OF_DOSES = 27
LATE = timedelta(minutes=12)
# How many days ago which medicine was not taken at which time, and why.
NOT_TAKEN = {
    (3, "Ramipril", time(8)): (DoseResult.DECLINED, "She felt sick."),
    (9, "Atorvastatin", time(20)): (DoseResult.NOT_AVAILABLE, "The pharmacy had not delivered."),
    (12, "Apixaban", time(20)): (DoseResult.OMITTED, "She was asleep and would not wake."),
    (17, "Furosemide", time(8)): (DoseResult.SPOILED, "It fell on the floor; another was in the box the next day."),
}
# Hours ago at which the inhaler was taken: the last two lie closer than its label allows.
INHALED = (150, 98, 52, 26, 24)
CORRECTED = 6  # which of the last doses
LOW_READINGS = ((24, 221, "Rang Margaret; she had blown sitting down. 268 on the second day."), (11, 215, "Visited."))


def expect_peak_flows(*, person_id: UUID, peak_flow: Delegation) -> None:
    """Each morning visit was planned to take the peak flow in."""
    mornings = [v for v in list_whole_visits(person_id=person_id) if v.planned_start and _is_morning(v.planned_start)]
    rows = [{"visit_id": v.id, "delegation_id": peak_flow.id, "person_id": person_id} for v in mornings]
    db.session.execute(insert_or_skip(VisitActivityRow).values(rows).on_conflict_do_nothing())


def _is_morning(instant: datetime) -> bool:
    return local_time(instant).time() == time(8)


def give_medicines(*, person_id: UUID, drops: Delegation, cast: Cast, now: datetime) -> None:
    """Four weeks on the chart, with what was declined or left out; the inhaler came too early yesterday."""
    by_name = {m.details.name: m for m in list_medicines(person_id=person_id)}
    link_delegation(
        person_id=person_id, medicine_id=by_name["Latanoprost"].id, delegation_id=drops.id, actor=cast["nurse"],
        now=now - timedelta(days=40),
    )  # fmt: skip
    db.session.execute(insert(DoseRow), list(_doses(person_id, list(by_name.values()), cast, now)))
    _correct_one(person_id, by_name["Ramipril"], cast)
    for hours in INHALED:
        at = now - timedelta(hours=hours)
        record_dose(
            dose_id=new_id(), person_id=person_id, medicine_id=by_name["Salbutamol"].id, effective_at=at,
            result=DoseResult.TAKEN, rang="The night nurses: they said to go ahead" if hours == INHALED[-1] else None,
            actor=cast["care-worker"], now=at + timedelta(minutes=5),
        )  # fmt: skip


def _correct_one(person_id: UUID, medicine: Medicine, cast: Cast) -> None:
    """The worker had pressed the wrong one, and set it right by noon."""
    wrong = [d for d in list_doses(person_id=person_id) if d.medicine_id == medicine.id][-CORRECTED]
    said = Correction(DoseResult.DECLINED, wrong.effective_at, "She felt dizzy.", "I pressed “given” before she spoke.")
    correct_dose(
        dose_id=wrong.id, person_id=person_id, said=said, actor=cast["care-worker"],
        now=wrong.effective_at + timedelta(hours=3),
    )  # fmt: skip


def answer_low_readings(*, person_id: UUID, peak_flow: Delegation, cast: Cast, now: datetime) -> None:
    """Two peak flows of the last month were low, and the nurse said what she did.

    Call it before anything else goes wrong, for it answers all that waits.
    """
    for days, value, answer in LOW_READINGS:
        at = at_local(local_date(now) - timedelta(days=days), time(9, 40))
        delegation.record_occasion(
            occasion_id=new_id(), person_id=person_id, delegation_id=peak_flow.id, instruction_version=1,
            effective_at=at, result=OccasionResult.DONE, readings=(Measured("Peak flow", Decimal(value), "L/min"),),
            actor=cast["care-worker"], now=at + timedelta(minutes=3),
        )  # fmt: skip
        for who in ("nurse", "provider-coordinator"):
            told = delegations.list_open_alerts(
                account_id=cast[who].account_id, organisation_id=cast[who].organisation_id
            )
            for alert in (a for a in told if a.delegation_id == peak_flow.id):
                delegation.acknowledge_alert(
                    alert_id=alert.id, words=answer, actor=cast[who], now=at + timedelta(minutes=25)
                )


def furnish(*, person_id: UUID, cast: Cast, now: datetime) -> None:
    """The therapist came and prescribed; one thing is in use, one is not used, one is on its way."""
    worker, therapist = cast["social-worker"], cast["occupational-therapist"]
    sent = now - timedelta(days=30)
    asked = NewReferral(
        therapist.account_id, "Getting in and out of the bath takes two people, and she would rather do it alone.",
        Urgency.SOON, "Yes, if it is Owen who comes.",
    )  # fmt: skip
    referral_id = refer(person_id=person_id, said=asked, actor=worker, now=sent)
    visit_on = local_date(sent) + timedelta(days=6)
    for days, event, words in (
        (1, ReferralEvent.ACCEPT, ""),
        (2, ReferralEvent.PLAN_VISIT, "In the morning, before her lunch."),
        (6, ReferralEvent.RECOMMEND, "A bath lift, a second rail by the back step, and a sensor for the kettle."),
    ):
        move_referral_on(
            referral_id=referral_id, event=event, words=words, actor=therapist, now=sent + timedelta(days=days),
            visit_on=visit_on if event is ReferralEvent.PLAN_VISIT else None,
        )  # fmt: skip
    for said, events in _things(referral_id):
        ordered = sent + timedelta(days=6, hours=2)
        equipment_id = prescribe(person_id=person_id, said=said, actor=therapist, now=ordered)
        for days, step, why in events:
            at = ordered + timedelta(days=days)
            move_item_on(equipment_id=equipment_id, event=step, on=local_date(at), words=why, actor=therapist, now=at)
    again = NewReferral(
        therapist.account_id, "She cannot reach the top shelf in the kitchen any more.", Urgency.ROUTINE, "Yes, please."
    )
    refer(person_id=person_id, said=again, actor=cast["provider-coordinator"], now=now - timedelta(days=1))


def _things(referral_id: UUID) -> tuple[tuple[NewItem, tuple[tuple[int, ItemEvent, str], ...]], ...]:
    return (
        (
            NewItem(
                ItemKind.AID, "Bath lift", "To bathe with one person beside her.", Pence(412_00),
                "Northbridge equipment store", Minutes(6 * 60), Minutes(3 * 60), referral_id,
            ),
            ((5, ItemEvent.DELIVER, ""), (6, ItemEvent.USE, "")),
        ),
        (
            NewItem(
                ItemKind.TECHNOLOGY, "Kettle sensor", "Her daughter sees that she is up and about.", Pence(64_00),
                "Northbridge equipment store", referral_id=referral_id,
            ),
            ((4, ItemEvent.DELIVER, ""), (9, ItemEvent.LEAVE, "Margaret does not want to be watched in the kitchen.")),
        ),
        (
            NewItem(
                ItemKind.ADAPTATION, "Second rail by the back step", "To get to the garden.", Pence(180_00),
                "Northbridge equipment store", referral_id=referral_id,
            ),
            (),
        ),
    )  # fmt: skip


def _doses(person_id: UUID, medicines: Sequence[Medicine], cast: Cast, now: datetime) -> Iterator[dict[str, Any]]:
    """One for each time of each day that lies behind."""
    today = local_date(now)
    for medicine in medicines:
        for ago in range(DAYS_OF_DOSES, -1, -1):
            for clock in medicine.details.clock:
                at = at_local(today - timedelta(days=ago), clock) + LATE
                if at + timedelta(minutes=20) >= now:
                    continue
                result, reason = NOT_TAKEN.get((ago, medicine.details.name, clock), (_usual(medicine), None))
                worker = cast["care-worker" if clock < time(15) else "ade"]
                yield {
                    "id": new_id(), "person_id": person_id, "medicine_id": medicine.id,
                    "worker_id": worker.account_id, "effective_at": at, "received_at": at + timedelta(minutes=2),
                    "result": result.value, "reason": reason,
                }  # fmt: skip


def _usual(medicine: Medicine) -> DoseResult:
    return {"given": DoseResult.GIVEN, "reminded": DoseResult.REMINDED}.get(
        medicine.details.support.value, DoseResult.TAKEN
    )

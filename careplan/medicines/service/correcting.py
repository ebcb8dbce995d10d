"""Correcting what a worker recorded of a dose themselves."""

from datetime import datetime
from uuid import UUID, uuid5

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.kernel.errors import NotFound
from careplan.medicines import queries
from careplan.medicines.domain.correcting import CorrectedAlready, Correction, check_correction
from careplan.medicines.service.recording import record_dose
from careplan.people import service as people


def correct_dose(*, dose_id: UUID, person_id: UUID, said: Correction, actor: Actor, now: datetime) -> None:
    """Keeps a new record in place of an own one, judged as any other; both stay. The same sent again changes nothing.

    Raises NotFound for somebody else's record, CorrectedAlready, Invalid.
    """
    see_everything(db.session, as_="dose-correction")
    people.hold_person(person_id=person_id)
    dose = queries.find_dose(person_id=person_id, dose_id=dose_id)
    if dose is None or dose.worker_id != actor.account_id:
        raise NotFound("You have recorded no such dose.")
    tidy, since = said.tidy, queries.find_correction(dose_id=dose_id)
    if since is not None and tidy.is_said_by(since):
        return
    if since is not None:
        raise CorrectedAlready("This has been corrected since. Open what counts now, and correct that.")
    check_correction(dose, tidy, now=now)
    record_dose(
        dose_id=uuid5(dose_id, "correction"), person_id=person_id, medicine_id=dose.medicine_id, effective_at=tidy.at,
        result=tidy.result, reason=tidy.reason, amount=dose.amount, note=tidy.because, rang=dose.rang,
        visit_id=dose.visit_id, corrects=dose.id, actor=actor, now=now,
    )  # fmt: skip

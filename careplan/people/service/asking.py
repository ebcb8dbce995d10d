"""What was asked before somebody comes to the door: the answers, how the person moves, and their GP practice."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Invalid, NotFound, Problem
from careplan.kernel.ids import new_id
from careplan.organisations import queries as organisations
from careplan.organisations import service as organisations_service
from careplan.organisations.domain.organisation import OrganisationKind, checked_ods_code
from careplan.people import queries
from careplan.people.domain.allergy import AllergyStatus
from careplan.people.domain.details import details_of
from careplan.people.domain.known import Known, Topic, check_answer
from careplan.people.domain.moving import MovingDetails, checked_moving
from careplan.people.models import AnswerRow, MovingRow
from careplan.people.service.knowing import record_allergy
from careplan.people.service.locking import locked_person
from careplan.people.service.registering import correct_person
from careplan.people.service.retracting import retract

ALLERGY_ANSWERS = {Known.NONE: AllergyStatus.NONE_KNOWN, Known.NOT_ASKED: AllergyStatus.NOT_ASKED}


class NothingAnswered(Invalid):
    """No answer was given."""

    code = "nothing_answered"


class NotAPractice(Invalid):
    """The practice is neither on the list nor named with its code."""

    code = "not_a_practice"


def record_answers(*, person_id: UUID, answers: Mapping[Topic, Known], actor: Actor, now: datetime) -> None:
    """Keeps of several matters that there is none, or that nobody has asked; each replaces the answer before.

    Raises NothingAnswered, StandsOnRecord, AllergiesStand, NotFound.
    """
    locked_person(person_id=person_id)
    if not answers:
        raise NothingAnswered("Answer at least one, or go back.")
    known = queries.get_door(person_id=person_id, on=local_date(now)).known
    for topic, answer in answers.items():
        if topic is Topic.ALLERGIES:
            record_allergy(person_id=person_id, status=ALLERGY_ANSWERS[answer], actor=actor, now=now)
            continue
        check_answer(standing=known[topic])
        db.session.add(
            AnswerRow(
                id=new_id(),
                person_id=person_id,
                topic=topic.value,
                known=answer.value,
                recorded_at=now,
                recorded_by=actor.account_id,
            )
        )
    db.session.flush()


def record_moving(*, person_id: UUID, details: MovingDetails, actor: Actor, now: datetime) -> UUID:
    """Says how the person moves; it replaces what was said before, which stays.  Raises Invalid, NotFound."""
    locked_person(person_id=person_id)
    checked = checked_moving(details)
    row = MovingRow(
        id=new_id(),
        person_id=person_id,
        how=checked.how,
        equipment=checked.equipment,
        people_needed=checked.people_needed,
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def retract_moving(*, person_id: UUID, moving_id: UUID, reason: str, actor: Actor, now: datetime) -> None:
    """Marks a description as entered in error; it stays.  Raises AlreadyRetracted, ReasonMissing, NotFound."""
    locked_person(person_id=person_id)
    row = db.session.get(MovingRow, moving_id)
    if row is None or row.person_id != person_id:
        raise NotFound("There is no such description on this record.")
    retract(row, reason=reason, actor=actor, now=now)


def choose_practice(*, person_id: UUID, practice_id: UUID, actor: Actor, now: datetime) -> None:
    """Says with which GP practice the person is registered.  Raises NotAPractice, NothingChanged, NotFound."""
    found = organisations.find_organisation(organisation_id=practice_id)
    if found is None or found.kind is not OrganisationKind.GP_PRACTICE:
        raise _not_a_practice("practice_id", "Choose a practice from the list, or enter it below.")
    person = queries.get_person(person_id=person_id)
    corrections = queries.list_corrections(person_id=person_id)
    correct_person(
        person_id=person_id,
        details=replace(details_of(person), gp_organisation_id=practice_id),
        reason="GP practice asked for",
        based_on=corrections[0].id if corrections else None,
        actor=actor,
        now=now,
    )


def enter_practice(
    *, person_id: UUID, name: str, ods_code: str, phone: str | None, actor: Actor, now: datetime
) -> None:
    """Enters a practice that is not on the list yet and registers the person with it.

    One that has this code already is taken as it stands.  Raises NotAPractice, NotAnOdsCode, WrongPhone, NotFound.
    """
    code = checked_ods_code(ods_code)
    if code is None or not name.strip():
        raise _not_a_practice("ods_code" if name.strip() else "name", "Type both the practice's name and its ODS code.")
    known = organisations.find_by_ods_code(ods_code=code)
    practice_id = (
        known.id
        if known
        else organisations_service.register_organisation(
            kind=OrganisationKind.GP_PRACTICE, name=name, ods_code=code, phone=phone, actor=actor, now=now
        )
    )
    choose_practice(person_id=person_id, practice_id=practice_id, actor=actor, now=now)


def _not_a_practice(field: str, message: str) -> NotAPractice:
    return NotAPractice(message, problems=(Problem(field, message),))

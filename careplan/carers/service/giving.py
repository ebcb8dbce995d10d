"""Recording that a paper was given to a carer."""

from datetime import date, datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.assessments.domain.giving import Format, Recipient, check_given
from careplan.carers import queries, rows
from careplan.carers.domain.giving import CarerGiven, CarerPaper
from careplan.carers.models import CarerGivenRow
from careplan.carers.service.locking import open_carer
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.errors import invalid
from careplan.kernel.ids import new_id


def record_given(
    *,
    carer_id: UUID,
    paper: CarerPaper,
    format: Format,
    given_on: date,
    actor: Actor,
    now: datetime,
    name: str = "",
    language: str | None = None,
) -> CarerGiven:
    """Keeps that the latest paper of its kind was given; without a name, to the carer.

    Raises Closed, NotFound, GivenIncomplete, Invalid where there is no such paper yet.
    """
    carer = open_carer(carer_id=carer_id)
    language = language if format is Format.LANGUAGE else None
    recipient = Recipient.OTHER if name.strip() else Recipient.PERSON
    check_given(recipient=recipient, name=name, format=format, language=language, on=given_on, today=local_date(now))
    row = CarerGivenRow(
        id=new_id(),
        carer_id=carer_id,
        person_id=carer.person_id,
        **{rows.PAPER_COLUMNS[paper]: _paper(carer_id, paper)},
        name=name.strip(),
        format=format.value,
        language=language,
        given_on=given_on,
        given_by=actor.account_id,
        at=now,
    )
    db.session.add(row)
    db.session.flush()
    return rows.given(row)


def _paper(carer_id: UUID, paper: CarerPaper) -> UUID:
    found = {
        CarerPaper.ASSESSMENT: queries.find_assessment,
        CarerPaper.DETERMINATION: queries.find_determination,
        CarerPaper.PLAN: queries.find_agreed_plan,
    }[paper](carer_id=carer_id)
    if found is None:
        raise invalid("paper", "There is no such paper to give yet.")
    return found.id

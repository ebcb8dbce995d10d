"""Assessing a carer, and deciding whether they are eligible."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from careplan.access.domain.actor import Actor
from careplan.assessments.domain.eligibility import NoAssessment
from careplan.assessments.domain.storing import as_json
from careplan.carers import queries, rows
from careplan.carers.domain.assessment import CarerAssessment, CarerAssessmentContent, check_whole
from careplan.carers.domain.eligibility import Determination, Kind, check_determination
from careplan.carers.models import CarerAssessmentRow, CarerDeterminationRow, CarerRow
from careplan.carers.service.locking import open_carer
from careplan.carers.service.telling import tell_carer
from careplan.db import db
from careplan.kernel.canonical import content_hash
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, Problem, Stale, invalid
from careplan.kernel.ids import new_id


class NoDraft(Conflict):
    """No assessment of this carer is being written."""

    code = "no_carer_assessment_draft"


def save_assessment(
    *, carer_id: UUID, content: CarerAssessmentContent, tag: str, actor: Actor, now: datetime
) -> CarerAssessment:
    """Keeps the draft, and begins one where there is none; `tag` is the mark of the text that the writer read.

    Raises Closed, NotFound, Stale with both texts.
    """
    carer = open_carer(carer_id=carer_id)
    row = _draft(carer_id) or _begun(carer, actor, now)
    stands = rows.assessment(row).content
    if content != stands and tag_of(stands) != tag:
        raise Stale(
            "Somebody saved this since you opened it. Both texts are here, and nothing that you typed is lost.",
            tag=tag_of(stands),
            current=as_json(stands),
            yours=as_json(content),
        )
    row.content = as_json(content)
    row.saved_at, row.saved_by = now, actor.account_id
    db.session.flush()
    return rows.assessment(row)


def finish_assessment(*, carer_id: UUID, actor: Actor, now: datetime) -> CarerAssessment:
    """Closes the draft for good.  Raises Closed, NotFound, NoDraft, NotWhole with everything that is missing."""
    carer = open_carer(carer_id=carer_id)
    row = _draft(carer_id)
    if row is None:
        raise NoDraft("No assessment is being written. Begin one first.")
    check_whole(rows.assessment(row).content, today=local_date(now))
    row.finished_at, row.finished_by = now, actor.account_id
    db.session.flush()
    tell_carer(carer, f"{actor.name} has finished your assessment as a carer. Read it.", actor=actor, now=now)
    return rows.assessment(row)


def determine(
    *, carer_id: UUID, kind: Kind, reasons: str, decided_on: date, actor: Actor, now: datetime
) -> Determination:
    """Records what the council decides, on the assessment that was finished last.

    Raises Closed, NotFound, ReasonsMissing, NoAssessment, DeterminationDisagrees, Invalid.
    """
    carer = open_carer(carer_id=carer_id)
    assessment = _counting(carer_id)
    check_determination(kind=kind, reasons=reasons, eligibility=assessment.content.eligibility)
    if decided_on > local_date(now):
        raise invalid("decided_on", "This day has not come yet.")
    row = CarerDeterminationRow(
        id=new_id(),
        carer_id=carer_id,
        person_id=carer.person_id,
        assessment_id=assessment.id,
        kind=kind.value,
        reasons=reasons.strip(),
        decided_on=decided_on,
        decided_by=actor.account_id,
        at=now,
    )
    db.session.add(row)
    db.session.flush()
    tell_carer(carer, "The council has decided about help for you as a carer. Read why.", actor=actor, now=now)
    return rows.determination(row)


def tag_of(content: CarerAssessmentContent) -> str:
    """What an assessment says, as a short mark."""
    return content_hash(as_json(content))[:16]


def _counting(carer_id: UUID) -> CarerAssessment:
    """The assessment that a decision rests on."""
    found = queries.find_assessment(carer_id=carer_id)
    if found is None:
        message = "Finish the assessment first: this rests on it."
        raise NoAssessment(message, problems=(Problem("kind", message),))
    return found


def _draft(carer_id: UUID) -> CarerAssessmentRow | None:
    return db.session.scalar(
        select(CarerAssessmentRow).where(
            CarerAssessmentRow.carer_id == carer_id, CarerAssessmentRow.finished_at.is_(None)
        )
    )


def _begun(carer: CarerRow, actor: Actor, now: datetime) -> CarerAssessmentRow:
    row = CarerAssessmentRow(
        id=new_id(),
        carer_id=carer.id,
        person_id=carer.person_id,
        content=as_json(CarerAssessmentContent()),
        started_at=now,
        started_by=actor.account_id,
        saved_at=now,
        saved_by=actor.account_id,
    )
    db.session.add(row)
    return row

"""Assessments, determinations, findings and papers given, as frozen values."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select

from careplan.assessments import rows
from careplan.assessments.domain.advocacy import AdvocacyFinding
from careplan.assessments.domain.assessment import Assessment
from careplan.assessments.domain.eligibility import Determination
from careplan.assessments.domain.giving import Given, Paper
from careplan.assessments.domain.note import Note
from careplan.assessments.domain.standing import Standing
from careplan.assessments.models import (
    AdvocacyFindingRow,
    AssessmentRow,
    DeterminationRow,
    GivenPaperRow,
    MistakeRow,
    ThirdPartyNoteRow,
)
from careplan.db import db
from careplan.db.together import together
from careplan.kernel.errors import NotFound


def get_assessment(*, person_id: UUID, assessment_id: UUID) -> Assessment:
    """One of a person's assessments, finished or not.  Raises NotFound."""
    row = db.session.get(AssessmentRow, assessment_id)
    if row is None or row.person_id != person_id:
        raise NotFound("There is no such assessment.")
    return rows.assessment(row)


def find_draft(*, person_id: UUID) -> Assessment | None:
    """The assessment that is being written."""
    row = db.session.scalar(
        select(AssessmentRow).where(AssessmentRow.person_id == person_id, is_draft())
    )
    return rows.assessment(row) if row else None


def is_draft() -> ColumnElement[bool]:
    """For set-based work: that an assessment is being written."""
    return and_(AssessmentRow.finished_at.is_(None), AssessmentRow.given_up_at.is_(None))


def list_given_up(*, person_id: UUID) -> list[Assessment]:
    """The drafts that were given up, the latest first."""
    found = db.session.scalars(
        select(AssessmentRow)
        .where(AssessmentRow.person_id == person_id, AssessmentRow.given_up_at.is_not(None))
        .order_by(AssessmentRow.given_up_at.desc(), AssessmentRow.id.desc())
    )
    return [rows.assessment(row) for row in found]


def list_begun(*, people: Select[UUID]) -> dict[UUID, datetime]:
    """Since when an assessment of each of these people is being written; whoever has none is left out."""
    rows = db.session.execute(
        select(AssessmentRow.person_id, AssessmentRow.started_at).where(
            is_draft(), AssessmentRow.person_id.in_(people)
        )
    )
    return {person_id: started_at for person_id, started_at in rows}


def list_finished(*, person_id: UUID) -> list[Assessment]:
    """Every finished assessment, the latest first; those that were corrected too."""
    found = db.session.scalars(
        select(AssessmentRow)
        .where(AssessmentRow.person_id == person_id, AssessmentRow.finished_at.is_not(None))
        .order_by(AssessmentRow.finished_at.desc(), AssessmentRow.id.desc())
    )
    return [rows.assessment(row) for row in found]


def find_assessment(*, person_id: UUID) -> Assessment | None:
    """The assessment that counts: the one that was finished last."""
    return next(iter(list_finished(person_id=person_id)), None)


def list_determinations(*, person_id: UUID) -> list[Determination]:
    """Every determination, the latest first: it counts."""
    found = db.session.scalars(
        select(DeterminationRow)
        .where(DeterminationRow.person_id == person_id)
        .order_by(DeterminationRow.at.desc(), DeterminationRow.id.desc())
    )
    return [rows.determination(row) for row in found]


def find_determination(*, person_id: UUID) -> Determination | None:
    """The determination that counts."""
    return next(iter(list_determinations(person_id=person_id)), None)


def list_advocacy_findings(*, person_id: UUID) -> list[AdvocacyFinding]:
    """Every finding about advocacy, the latest first: it counts."""
    found = db.session.scalars(
        select(AdvocacyFindingRow)
        .where(AdvocacyFindingRow.person_id == person_id)
        .order_by(AdvocacyFindingRow.at.desc(), AdvocacyFindingRow.id.desc())
    )
    return [rows.advocacy_finding(row) for row in found]


def find_advocacy(*, person_id: UUID) -> AdvocacyFinding | None:
    """The finding about advocacy that counts."""
    return next(iter(list_advocacy_findings(person_id=person_id)), None)


def get_standing(*, person_id: UUID) -> Standing:
    """What counts of all three now."""
    assessment, determination, advocacy = together(
        lambda: find_assessment(person_id=person_id),
        lambda: find_determination(person_id=person_id),
        lambda: find_advocacy(person_id=person_id),
    )
    return Standing(assessment, determination, advocacy)


def list_given(*, person_id: UUID, papers: frozenset[Paper] = frozenset(Paper)) -> list[Given]:
    """What was given of these kinds of paper, the latest first; what was entered in error among it."""
    found = db.session.execute(
        select(GivenPaperRow, MistakeRow)
        .outerjoin(MistakeRow, MistakeRow.given_id == GivenPaperRow.id)
        .where(GivenPaperRow.person_id == person_id)
        .order_by(GivenPaperRow.given_on.desc(), GivenPaperRow.at.desc(), GivenPaperRow.id.desc())
    )
    read = (rows.given(row, mistake=mistake) for row, mistake in found)
    return [given for given in read if given.paper in papers]


def list_notes(*, person_id: UUID) -> list[Note]:
    """Notes about others, the latest first, those entered in error too: for the council alone."""
    found = db.session.execute(
        select(ThirdPartyNoteRow, MistakeRow)
        .outerjoin(MistakeRow, MistakeRow.note_id == ThirdPartyNoteRow.id)
        .where(ThirdPartyNoteRow.person_id == person_id)
        .order_by(ThirdPartyNoteRow.at.desc(), ThirdPartyNoteRow.id.desc())
    )
    return [rows.note(row, mistake=mistake) for row, mistake in found]

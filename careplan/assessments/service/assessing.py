"""Writing an assessment part by part, finishing it, and correcting what was finished."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from careplan.access import queries as access
from careplan.access.domain.actor import Actor
from careplan.assessments import queries, rows
from careplan.assessments.domain.assessment import (
    Assessment,
    check_carers_in_turn,
    check_limbs_open,
    check_whole,
)
from careplan.assessments.domain.content import AssessmentContent, Part
from careplan.assessments.domain.storing import PartValue, as_json, part_of, tag_of, with_part
from careplan.assessments.models import AssessmentRow
from careplan.assessments.service.telling import tell_finished
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Conflict, Stale, invalid
from careplan.kernel.ids import new_id
from careplan.people import queries as people
from careplan.people.domain.retraction import checked_reason


class DraftExists(Conflict):
    """An assessment of this person is being written already."""

    code = "assessment_exists"


class NoDraft(Conflict):
    """No assessment is being written."""

    code = "no_assessment_draft"


class CorrectedAlready(Conflict):
    """A finished assessment is corrected once; its correction can be corrected in turn."""

    code = "corrected_already"


def start_assessment(*, person_id: UUID, actor: Actor, now: datetime) -> Assessment:
    """Begins an empty assessment.  Raises DraftExists, NotFound."""
    people.get_person(person_id=person_id)
    return _begin(AssessmentContent(), person_id=person_id, actor=actor, now=now)


def correct_assessment(
    *, person_id: UUID, assessment_id: UUID, because: str, actor: Actor, now: datetime
) -> Assessment:
    """Begins a correction from what was finished, which stays as it was.

    Raises NotFound, NoDraft (it is not finished), CorrectedAlready, DraftExists, Invalid without a reason.
    """
    wrong = queries.get_assessment(person_id=person_id, assessment_id=assessment_id)
    if wrong.finished_at is None:
        raise NoDraft("This assessment is still being written. Change it where it stands.")
    if not because.strip():
        raise invalid("because", "Say what was wrong. It stays on the record.")
    if any(a.corrects == wrong.id for a in queries.list_finished(person_id=person_id)):
        raise CorrectedAlready("This assessment was corrected already. Correct the one that took its place.")
    return _begin(wrong.content, person_id=person_id, corrects=wrong.id, because=because.strip(), actor=actor, now=now)


def save_part(*, person_id: UUID, part: Part, value: PartValue, tag: str, actor: Actor, now: datetime) -> Assessment:
    """Keeps one part of the draft; `tag` is the mark of the text that the writer read.

    Raises NoDraft, CarersTooSoon, LimbsClosed, and Stale with both texts where somebody saved that part since.
    """
    row = _locked_draft(person_id)
    draft = rows.assessment(row)
    if part is Part.CARERS:
        check_carers_in_turn(draft.content)
    stands = part_of(draft.content, part)
    if value == stands:
        return draft
    check_limbs_open(draft.content, part)
    if tag_of(stands) != tag:
        raise _stale(draft, stands, value)
    row.content = as_json(with_part(draft.content, part, value))
    row.saved_at, row.saved_by = now, actor.account_id
    db.session.flush()
    return rows.assessment(row)


def take_back_carers(*, person_id: UUID, actor: Actor, now: datetime) -> Assessment:
    """Opens the limbs again: what was written of carers is kept, and counts once it has been saved anew.

    Raises NoDraft.
    """
    row = _locked_draft(person_id)
    content = rows.assessment(row).content
    row.content = as_json(replace(content, carers=replace(content.carers, taken_back=True)))
    row.saved_at, row.saved_by = now, actor.account_id
    db.session.flush()
    return rows.assessment(row)


def give_up_assessment(*, person_id: UUID, because: str, actor: Actor, now: datetime) -> None:
    """Gives the draft up; it is kept as far as it had come.  Raises NoDraft, ReasonMissing."""
    row = _locked_draft(person_id)
    row.given_up_because = checked_reason(because, field="because")
    row.given_up_at, row.given_up_by = now, actor.account_id
    db.session.flush()


def finish_assessment(*, person_id: UUID, actor: Actor, now: datetime) -> Assessment:
    """Closes the draft for good.  Raises NoDraft, and NotWhole with everything that is missing."""
    row = _locked_draft(person_id)
    draft = rows.assessment(row)
    check_whole(draft.content, advocacy=queries.find_advocacy(person_id=person_id), today=local_date(now))
    row.finished_at, row.finished_by = now, actor.account_id
    db.session.flush()
    tell_finished(person_id=person_id, actor=actor, now=now)
    return rows.assessment(row)


def _begin(
    content: AssessmentContent,
    *,
    person_id: UUID,
    actor: Actor,
    now: datetime,
    corrects: UUID | None = None,
    because: str | None = None,
) -> Assessment:
    """Writes the draft, unless there is one: of two who press the button at once, one is told."""
    draft_id = new_id()
    db.session.execute(
        insert(AssessmentRow)
        .values(
            id=draft_id,
            person_id=person_id,
            content=as_json(content),
            started_at=now,
            started_by=actor.account_id,
            saved_at=now,
            saved_by=actor.account_id,
            corrects=corrects,
            corrects_because=because,
        )
        .on_conflict_do_nothing()
    )
    found = queries.find_draft(person_id=person_id)
    if found is None or found.id != draft_id:
        raise DraftExists("An assessment is being written already. Go on with that one.")
    return found


def _locked_draft(person_id: UUID) -> AssessmentRow:
    """The draft, held until the transaction ends."""
    row = db.session.scalar(
        select(AssessmentRow)
        .where(AssessmentRow.person_id == person_id, queries.is_draft())
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NoDraft("No assessment is being written. Begin one first.")
    return row


def _stale(draft: Assessment, stands: PartValue, yours: PartValue) -> Stale:
    return Stale(
        "Somebody saved this since you opened it. Both texts are here, and nothing that you typed is lost.",
        tag=tag_of(stands),
        saved_by=access.list_account_names(account_ids=[draft.saved_by]).get(draft.saved_by, ""),
        current=as_json(stands),
        yours=as_json(yours),
    )

"""What was assessed, decided and given, for the timeline of a person's record. Notes about others are not in it."""

from uuid import UUID

from sqlalchemy import case

from careplan.assessments.domain.giving import Paper
from careplan.assessments.models import AdvocacyFindingRow, AssessmentRow, DeterminationRow, GivenPaperRow, MistakeRow
from careplan.db.moments import Moments, moments


def select_moments(*, person_id: UUID) -> dict[str, Moments]:
    """Assessments finished, determinations, who helps the person to take part, and papers given, each by its name."""
    a, d, f, g = AssessmentRow, DeterminationRow, AdvocacyFindingRow, GivenPaperRow
    paper = case(
        (g.assessment_id.is_not(None), Paper.ASSESSMENT.value),
        (g.determination_id.is_not(None), Paper.DETERMINATION.value),
        else_=Paper.PLAN_VERSION.value,
    )
    given = {"paper": paper, "recipient": g.recipient, "name": g.name}
    return {
        "assessment_finished": moments(
            at=a.finished_at, key=a.id, by=a.finished_by, facts={"corrects": a.corrects.is_not(None)}
        ).where(a.person_id == person_id, a.finished_at.is_not(None)),
        "determined": moments(at=d.at, key=d.id, by=d.decided_by, facts={"kind": d.kind}).where(
            d.person_id == person_id
        ),
        "advocacy_found": moments(at=f.at, key=f.id, by=f.found_by, facts={"advocate": f.advocate_name}).where(
            f.person_id == person_id
        ),
        "given_in_error": moments(
            at=MistakeRow.at, key=MistakeRow.id, by=MistakeRow.by, facts={**given, "why": MistakeRow.because}
        )
        .join(g, g.id == MistakeRow.given_id)
        .where(MistakeRow.person_id == person_id),
        "paper_given": moments(at=g.at, key=g.id, by=g.given_by, facts=given).where(g.person_id == person_id),
    }

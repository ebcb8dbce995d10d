"""Rows turned into values."""

from careplan.assessments.domain.advocacy import Ability, AdvocacyFinding, Circumstances, Supporter
from careplan.assessments.domain.assessment import Assessment
from careplan.assessments.domain.content import Answer
from careplan.assessments.domain.eligibility import Determination, Kind
from careplan.assessments.domain.giving import Format, Given, Paper, Recipient
from careplan.assessments.domain.note import Note
from careplan.assessments.domain.storing import content_from_json
from careplan.assessments.models import (
    AdvocacyFindingRow,
    AssessmentRow,
    DeterminationRow,
    GivenPaperRow,
    MistakeRow,
    ThirdPartyNoteRow,
)
from careplan.people.domain.retraction import Retraction

PAPER_COLUMNS = {
    Paper.ASSESSMENT: "assessment_id",
    Paper.DETERMINATION: "determination_id",
    Paper.PLAN_VERSION: "plan_version_id",
}


def assessment(row: AssessmentRow) -> Assessment:
    """An assessment, finished or not."""
    return Assessment(
        id=row.id,
        person_id=row.person_id,
        content=content_from_json(row.content),
        started_at=row.started_at,
        started_by=row.started_by,
        saved_at=row.saved_at,
        saved_by=row.saved_by,
        finished_at=row.finished_at,
        finished_by=row.finished_by,
        corrects=row.corrects,
        corrects_because=row.corrects_because,
        given_up=Retraction(row.given_up_at, row.given_up_by, row.given_up_because or "")
        if row.given_up_at and row.given_up_by
        else None,
    )


def determination(row: DeterminationRow) -> Determination:
    """A determination."""
    return Determination(
        id=row.id,
        person_id=row.person_id,
        assessment_id=row.assessment_id,
        kind=Kind(row.kind),
        reasons=row.reasons,
        decided_on=row.decided_on,
        decided_by=row.decided_by,
        at=row.at,
    )


def advocacy_finding(row: AdvocacyFindingRow) -> AdvocacyFinding:
    """A finding about advocacy; a supporter without a name is nobody."""
    supporter = Supporter(row.supporter_name, Answer(row.supporter_paid), Answer(row.supporter_wanted))
    return AdvocacyFinding(
        id=row.id,
        person_id=row.person_id,
        circumstances=Circumstances(
            difficulties={Ability(name): Answer(answer) for name, answer in row.difficulties.items()},
            supporter=supporter if supporter.name else None,
            long_nhs_stay=row.long_nhs_stay,
            stay_in_best_interests=row.stay_in_best_interests,
            material_disagreement=row.material_disagreement,
            both_want_advocate=row.both_want_advocate,
        ),
        evidence=row.evidence,
        advocate_name=row.advocate_name,
        advocate_from=row.advocate_from,
        found_on=row.found_on,
        found_by=row.found_by,
        at=row.at,
    )


def given(row: GivenPaperRow, *, mistake: MistakeRow | None = None) -> Given:
    """A paper given, and that it was not, where somebody said so."""
    paper, paper_id = next((p, i) for p, c in PAPER_COLUMNS.items() if (i := getattr(row, c)) is not None)
    return Given(
        id=row.id,
        person_id=row.person_id,
        paper=paper,
        paper_id=paper_id,
        recipient=Recipient(row.recipient),
        name=row.name,
        format=Format(row.format),
        language=row.language,
        given_on=row.given_on,
        given_by=row.given_by,
        at=row.at,
        mistake=retraction(mistake),
    )


def note(row: ThirdPartyNoteRow, *, mistake: MistakeRow | None) -> Note:
    """A note about others."""
    return Note(row.id, row.person_id, row.words, row.written_by, row.at, retraction(mistake))


def retraction(row: MistakeRow | None) -> Retraction | None:
    """That something was entered in error."""
    return Retraction(row.at, row.by, row.because) if row else None

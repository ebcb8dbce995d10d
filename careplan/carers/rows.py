"""Rows turned into values."""

from collections.abc import Iterable
from typing import Any

from careplan.assessments.domain.content import Answer
from careplan.assessments.domain.giving import Format
from careplan.carers.domain.assessment import CarerAssessment
from careplan.carers.domain.assessment import content_from_json as assessment_from_json
from careplan.carers.domain.carer import Carer, Caring, Details
from careplan.carers.domain.consent import Consent, Matter
from careplan.carers.domain.eligibility import Determination, Kind
from careplan.carers.domain.giving import CarerGiven, CarerPaper
from careplan.carers.domain.plan import CarerPlan, Party, PlanAgreement
from careplan.carers.domain.plan import content_from_json as plan_from_json
from careplan.carers.models import (
    CarerAssessmentRow,
    CarerConsentRow,
    CarerDeterminationRow,
    CarerGivenRow,
    CarerPlanAgreementRow,
    CarerPlanRow,
    CarerRow,
)

PAPER_COLUMNS = {
    CarerPaper.ASSESSMENT: "assessment_id",
    CarerPaper.DETERMINATION: "determination_id",
    CarerPaper.PLAN: "plan_id",
}


def carer(row: CarerRow, *, details: dict[str, Any] | None, caring: dict[str, Any] | None) -> Carer:
    """A carer with what was said last; whoever is shown the name alone has no more than that."""
    return Carer(
        id=row.id,
        person_id=row.person_id,
        contact_id=row.contact_id,
        account_id=row.account_id,
        own_person_id=row.own_person_id,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        details=Details(**details) if details else Details(name=row.name),
        caring=Caring(**{**caring, "willing": Answer(caring["willing"])}) if caring else Caring(),
    )


def consent(row: CarerConsentRow) -> Consent:
    """One answer."""
    return Consent(Matter(row.matter), row.given, row.said_on, row.how, row.at, row.by)


def assessment(row: CarerAssessmentRow) -> CarerAssessment:
    """An assessment, finished or not."""
    return CarerAssessment(
        id=row.id,
        carer_id=row.carer_id,
        content=assessment_from_json(row.content),
        started_at=row.started_at,
        started_by=row.started_by,
        saved_at=row.saved_at,
        saved_by=row.saved_by,
        finished_at=row.finished_at,
        finished_by=row.finished_by,
    )


def determination(row: CarerDeterminationRow) -> Determination:
    """A determination."""
    return Determination(
        row.id, row.carer_id, row.assessment_id, Kind(row.kind), row.reasons, row.decided_on, row.decided_by, row.at
    )


def plan(row: CarerPlanRow, *, agreements: Iterable[CarerPlanAgreementRow]) -> CarerPlan:
    """A version with who agreed to it."""
    return CarerPlan(
        id=row.id,
        carer_id=row.carer_id,
        number=row.number,
        content=plan_from_json(row.content),
        saved_at=row.saved_at,
        saved_by=row.saved_by,
        agreements=tuple(
            PlanAgreement(Party(a.party), a.content_hash, a.signed_on, a.by, a.at, a.how, a.witness)
            for a in agreements
        ),
    )


def given(row: CarerGivenRow) -> CarerGiven:
    """A paper given."""
    paper, paper_id = next((p, i) for p, c in PAPER_COLUMNS.items() if (i := getattr(row, c)) is not None)
    return CarerGiven(
        id=row.id,
        carer_id=row.carer_id,
        paper=paper,
        paper_id=paper_id,
        name=row.name,
        format=Format(row.format),
        language=row.language,
        given_on=row.given_on,
        given_by=row.given_by,
        at=row.at,
    )

"""Carers and what is written of them, as frozen values; the database shows each reader only what is theirs to see."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from careplan.carers import rows
from careplan.carers.domain.assessment import CarerAssessment
from careplan.carers.domain.carer import Carer
from careplan.carers.domain.consent import Consent, Standing, standing_of
from careplan.carers.domain.eligibility import Determination
from careplan.carers.domain.giving import CarerGiven
from careplan.carers.domain.plan import CarerPlan
from careplan.carers.models import (
    CarerAssessmentRow,
    CarerConsentRow,
    CarerDeterminationRow,
    CarerGivenRow,
    CarerPlanAgreementRow,
    CarerPlanRow,
    CarerRow,
    CarerSayingRow,
)
from careplan.db import db
from careplan.kernel.errors import NotFound


def list_carers(*, person_id: UUID) -> list[Carer]:
    """The carers of a person who have a record, the first opened first."""
    return _carers(select(CarerRow).where(CarerRow.person_id == person_id))


def list_own(*, account_id: UUID) -> list[Carer]:
    """The records that an account's holder has as a carer, the first opened first."""
    return _carers(select(CarerRow).where(CarerRow.account_id == account_id))


def get_carer(*, person_id: UUID, carer_id: UUID) -> Carer:
    """One of a person's carers.  Raises NotFound."""
    return _one(_carers(select(CarerRow).where(CarerRow.id == carer_id, CarerRow.person_id == person_id)))


def get_own(*, account_id: UUID, carer_id: UUID) -> Carer:
    """The record that an account's holder has as a carer.  Raises NotFound for anybody else's."""
    return _one(_carers(select(CarerRow).where(CarerRow.id == carer_id, CarerRow.account_id == account_id)))


def list_consents(*, carer_id: UUID) -> list[Consent]:
    """Every answer, in the order in which they were recorded."""
    found = db.session.scalars(
        select(CarerConsentRow)
        .where(CarerConsentRow.carer_id == carer_id)
        .order_by(CarerConsentRow.at, CarerConsentRow.id)
    )
    return [rows.consent(row) for row in found]


def get_standing(*, carer_id: UUID) -> Standing:
    """What the carer says now about holding and sharing."""
    return standing_of(list_consents(carer_id=carer_id))


def find_draft(*, carer_id: UUID) -> CarerAssessment | None:
    """The assessment that is being written."""
    row = db.session.scalar(
        select(CarerAssessmentRow).where(
            CarerAssessmentRow.carer_id == carer_id, CarerAssessmentRow.finished_at.is_(None)
        )
    )
    return rows.assessment(row) if row else None


def list_finished(*, carer_id: UUID) -> list[CarerAssessment]:
    """Every finished assessment, the latest first: it counts."""
    found = db.session.scalars(
        select(CarerAssessmentRow)
        .where(CarerAssessmentRow.carer_id == carer_id, CarerAssessmentRow.finished_at.is_not(None))
        .order_by(CarerAssessmentRow.finished_at.desc(), CarerAssessmentRow.id.desc())
    )
    return [rows.assessment(row) for row in found]


def find_assessment(*, carer_id: UUID) -> CarerAssessment | None:
    """The assessment that counts."""
    return next(iter(list_finished(carer_id=carer_id)), None)


def list_determinations(*, carer_id: UUID) -> list[Determination]:
    """Every determination, the latest first: it counts."""
    found = db.session.scalars(
        select(CarerDeterminationRow)
        .where(CarerDeterminationRow.carer_id == carer_id)
        .order_by(CarerDeterminationRow.at.desc(), CarerDeterminationRow.id.desc())
    )
    return [rows.determination(row) for row in found]


def find_determination(*, carer_id: UUID) -> Determination | None:
    """The determination that counts."""
    return next(iter(list_determinations(carer_id=carer_id)), None)


def list_plans(*, carer_id: UUID) -> list[CarerPlan]:
    """Every version of the carer's plan, the latest first."""
    return [rows.plan(row, agreements=agreements) for row, agreements in _plan_rows(carer_id)]


def find_plan(*, carer_id: UUID) -> CarerPlan | None:
    """The latest version, agreed or not."""
    return next(iter(list_plans(carer_id=carer_id)), None)


def find_agreed_plan(*, carer_id: UUID) -> CarerPlan | None:
    """The latest version to which both parties have agreed."""
    return next((p for p in list_plans(carer_id=carer_id) if p.is_agreed), None)


def list_given(*, carer_id: UUID) -> list[CarerGiven]:
    """What was given, the latest first."""
    found = db.session.scalars(
        select(CarerGivenRow)
        .where(CarerGivenRow.carer_id == carer_id)
        .order_by(CarerGivenRow.given_on.desc(), CarerGivenRow.at.desc(), CarerGivenRow.id.desc())
    )
    return [rows.given(row) for row in found]


def _plan_rows(carer_id: UUID) -> list[tuple[CarerPlanRow, list[CarerPlanAgreementRow]]]:
    plans = db.session.scalars(
        select(CarerPlanRow).where(CarerPlanRow.carer_id == carer_id).order_by(CarerPlanRow.number.desc())
    ).all()
    signed = db.session.scalars(
        select(CarerPlanAgreementRow)
        .where(CarerPlanAgreementRow.carer_id == carer_id)
        .order_by(CarerPlanAgreementRow.at, CarerPlanAgreementRow.id)
    ).all()
    return [(plan, [a for a in signed if a.plan_id == plan.id]) for plan in plans]


def _carers(query: Select[CarerRow]) -> list[Carer]:
    found = db.session.scalars(query.order_by(CarerRow.opened_at, CarerRow.id)).all()
    said = _latest_sayings([row.id for row in found])
    return [
        rows.carer(row, details=said.get((row.id, "details")), caring=said.get((row.id, "caring"))) for row in found
    ]


def _latest_sayings(carer_ids: Sequence[UUID]) -> dict[tuple[UUID, str], dict[str, Any]]:
    found = db.session.scalars(
        select(CarerSayingRow)
        .where(CarerSayingRow.carer_id.in_(carer_ids))
        .order_by(CarerSayingRow.at, CarerSayingRow.id)
    )
    return {(row.carer_id, row.kind): row.content for row in found}


def _one(found: list[Carer]) -> Carer:
    if not found:
        raise NotFound("There is no such carer.")
    return found[0]

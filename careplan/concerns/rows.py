"""From rows to the frozen values that others may hold."""

from collections.abc import Iterable

from careplan.concerns.domain.concern import Alleged, AllegedKind, Concern, ConcernCategory
from careplan.concerns.domain.step import Outcome, Step, StepKind
from careplan.concerns.models import AllegedRow, ConcernRow, StepRow


def concern(row: ConcernRow, *, alleged: Iterable[AllegedRow], steps: Iterable[StepRow]) -> Concern:
    return Concern(
        id=row.id,
        person_id=row.person_id,
        category=ConcernCategory(row.category),
        words=row.words,
        immediate_danger=row.immediate_danger,
        persons_wishes=row.persons_wishes,
        raised_by=row.recorded_by,
        raised_at=row.recorded_at,
        told=tuple(row.told),
        visit_id=row.visit_id,
        alleged=tuple(_alleged(a) for a in alleged),
        steps=tuple(_step(s) for s in steps),
    )


def _alleged(row: AllegedRow) -> Alleged:
    return Alleged(AllegedKind(row.kind), row.account_id or row.organisation_id or row.contact_id)


def _step(row: StepRow) -> Step:
    return Step(
        id=row.id,
        kind=StepKind(row.kind),
        words=row.words,
        at=row.recorded_at,
        by=row.recorded_by,
        enquiry=row.enquiry,
        who=row.who,
        due_on=row.due_on,
        outcome=Outcome(row.outcome) if row.outcome else None,
        contact_id=row.contact_id,
        answers=row.answers,
        number=row.number,
    )

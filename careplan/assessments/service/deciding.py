"""Recording whether a person is eligible, and whether an advocate is due."""

from datetime import date, datetime
from uuid import UUID

from careplan.access.domain.actor import Actor
from careplan.assessments import queries, rows
from careplan.assessments.domain.advocacy import AdvocacyFinding, Circumstances
from careplan.assessments.domain.content import Answer
from careplan.assessments.domain.eligibility import Determination, Kind, check_determination
from careplan.assessments.models import AdvocacyFindingRow, DeterminationRow
from careplan.assessments.service.telling import tell_advocate_due, tell_determined
from careplan.db import db
from careplan.kernel.clock import local_date
from careplan.kernel.errors import Invalid, Problem, invalid
from careplan.kernel.ids import new_id
from careplan.people import queries as people


class EvidenceMissing(Invalid):
    """A finding says that taking part is hard, and not how one knows."""

    code = "evidence_missing"


def determine(
    *, person_id: UUID, kind: Kind, reasons: str, decided_on: date, actor: Actor, now: datetime
) -> Determination:
    """Records what the council decides; it rests on the assessment that was finished last, if there is one.

    Raises ReasonsMissing, NoAssessment, DeterminationDisagrees, Invalid, NotFound.
    """
    people.get_person(person_id=person_id)
    assessment = queries.find_assessment(person_id=person_id)
    check_determination(kind=kind, reasons=reasons, eligibility=assessment.eligibility if assessment else None)
    _check_day("decided_on", decided_on, now)
    row = DeterminationRow(
        id=new_id(),
        person_id=person_id,
        assessment_id=assessment.id if assessment else None,
        kind=kind.value,
        reasons=reasons.strip(),
        decided_on=decided_on,
        decided_by=actor.account_id,
        at=now,
    )
    db.session.add(row)
    db.session.flush()
    tell_determined(person_id=person_id, actor=actor, now=now)
    return rows.determination(row)


def record_advocacy(
    *,
    person_id: UUID,
    circumstances: Circumstances,
    evidence: str,
    found_on: date,
    actor: Actor,
    now: datetime,
    advocate_name: str = "",
    advocate_from: str = "",
) -> AdvocacyFinding:
    """Records who can take part with whose help, and the advocate where there is one.

    A finding that one is due may be recorded before one is found: until then the gate stays shut.
    Raises EvidenceMissing, Invalid, NotFound.
    """
    people.get_person(person_id=person_id)
    if circumstances.difficulty is Answer.YES and not evidence.strip():
        message = "Say what you saw or heard."
        raise EvidenceMissing(message, problems=(Problem("evidence", message),))
    _check_day("found_on", found_on, now)
    supporter = circumstances.supporter
    row = AdvocacyFindingRow(
        id=new_id(),
        person_id=person_id,
        difficulties={ability.value: answer.value for ability, answer in circumstances.difficulties.items()},
        evidence=evidence.strip(),
        supporter_name=supporter.name.strip() if supporter else "",
        supporter_paid=(supporter.paid_to_care if supporter else Answer.NOT_ASKED).value,
        supporter_wanted=(supporter.person_wants_them if supporter else Answer.NOT_ASKED).value,
        long_nhs_stay=circumstances.long_nhs_stay,
        stay_in_best_interests=circumstances.stay_in_best_interests,
        material_disagreement=circumstances.material_disagreement,
        both_want_advocate=circumstances.both_want_advocate,
        advocate_name=advocate_name.strip(),
        advocate_from=advocate_from.strip(),
        found_on=found_on,
        found_by=actor.account_id,
        at=now,
    )
    db.session.add(row)
    db.session.flush()
    finding = rows.advocacy_finding(row)
    tell_advocate_due(finding=finding, actor=actor, now=now)
    return finding


def _check_day(field: str, day: date, now: datetime) -> None:
    if day > local_date(now):
        raise invalid(field, "This day has not come yet.")

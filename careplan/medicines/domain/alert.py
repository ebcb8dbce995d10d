"""What of a medicine somebody must be told, and in which words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from careplan.kernel.words import clock_time
from careplan.medicines.domain.dose import Dose, DoseResult, Warned
from careplan.people.domain.medicine import Medicine


class AlertKind(StrEnum):
    """Why somebody is told."""

    TOO_EARLY = "too_early"
    OVER_MAXIMUM = "over_maximum"
    NOT_GIVEN = "not_given"
    NOT_RECORDED = "not_recorded"
    NOT_PRESCRIBED = "not_prescribed"
    UNKNOWN_MEDICINE = "unknown_medicine"


@dataclass(frozen=True, slots=True)
class MedicineAlert:
    """One thing that the provider is told of, until somebody says that they know and what they did."""

    id: UUID
    kind: AlertKind
    person_id: UUID
    organisation_id: UUID
    words: str
    raised_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: UUID | None
    acknowledged_words: str | None


OF_WARNING = {Warned.TOO_EARLY: AlertKind.TOO_EARLY, Warned.OVER_MAXIMUM: AlertKind.OVER_MAXIMUM}


def kinds_of(dose: Dose, medicine: Medicine | None, warnings: tuple[Warned, ...], *, holds: bool) -> list[AlertKind]:
    """What a recorded dose gives cause to tell. `holds` says whether the medicine was taken on that day at all."""
    if medicine is None:
        return [AlertKind.UNKNOWN_MEDICINE]
    found = [OF_WARNING[w] for w in warnings if dose.result.counts]
    if dose.result.counts and not holds:
        found.append(AlertKind.NOT_PRESCRIBED)
    if medicine.details.on_time and not dose.result.counts:
        found.append(AlertKind.NOT_GIVEN)
    return found


def words_of(kind: AlertKind, medicine: Medicine | None, dose: Dose) -> str:
    """One sentence that says what happened, with when and whom the worker rang."""
    name = f"{medicine.details.name} {medicine.details.strength}" if medicine else "A medicine"
    when = clock_time(dose.effective_at)
    said = {
        AlertKind.TOO_EARLY: f"{name} at {when} came sooner after another dose than the label allows.",
        AlertKind.OVER_MAXIMUM: f"{name} at {when} was more than the label allows in 24 hours.",
        AlertKind.NOT_GIVEN: f"{name} must come on time and was not taken at {when}: {_why(dose)}.",
        AlertKind.NOT_PRESCRIBED: f"{name} was taken at {when}, on a day on which it is not prescribed.",
        AlertKind.UNKNOWN_MEDICINE: f"A medicine that is not on the record was written down at {when}.",
    }[kind]
    rung = f" Rung: {dose.rang}." if dose.rang else ""
    return said + (rung or " Nobody was rung." if kind in OF_WARNING.values() else "")


def words_of_silence(medicine: Medicine, due_at: datetime) -> str:
    """That nothing was recorded for a time that matters."""
    name = f"{medicine.details.name} {medicine.details.strength}"
    return f"{name} was due at {clock_time(due_at)}, must come on time, and nothing has been recorded for it."


def _why(dose: Dose) -> str:
    return f"{dose.result.words}, {dose.reason}" if dose.reason else dose.result.words


def answers(kind: AlertKind, result: DoseResult) -> bool:
    """Whether a record that came later settles an alert by itself."""
    return kind is AlertKind.NOT_RECORDED and result.counts

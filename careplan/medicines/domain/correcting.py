"""Correcting what was recorded of a dose: a new record in place of the old, which stays to be read."""

from dataclasses import dataclass, replace
from datetime import datetime, time

from careplan.kernel.clock import at_local, local_date, local_time
from careplan.kernel.errors import Conflict, Invalid, Problem
from careplan.medicines.domain.dose import NEEDS_REASON, Dose, DoseResult


class CorrectedAlready(Conflict):
    """Another record stands in its place: that one is corrected, if anything."""

    code = "corrected_already"


@dataclass(frozen=True, slots=True)
class Correction:
    """What the record should have said; `reason` is why it was not taken, `because` what was wrong with the record."""

    result: DoseResult
    at: datetime
    reason: str
    because: str

    @property
    def tidy(self) -> "Correction":
        """Without a reason where it was taken after all: that reason was part of the mistake."""
        return replace(self, reason="" if self.result.counts else self.reason.strip(), because=self.because.strip())

    def is_said_by(self, dose: Dose) -> bool:
        """Whether a record says just this."""
        return (self.result, self.at, self.reason, self.because) == (
            dose.result, dose.effective_at, dose.reason or "", dose.note or "",
        )  # fmt: skip


def corrected_time(dose: Dose, at: time) -> datetime:
    """The instant of a time on the dose's own London day; to the second as before where the minute is the same."""
    before = local_time(dose.effective_at)
    if before.time().replace(second=0, microsecond=0) == at:
        return dose.effective_at
    return at_local(local_date(dose.effective_at), at)


def check_correction(dose: Dose, said: Correction, *, now: datetime) -> None:
    """Raises Invalid with everything that is wrong."""
    same = (said.result, said.at, said.reason) == (dose.result, dose.effective_at, dose.reason or "")
    checks = (
        (same, "result", "This is what is recorded already. Change what was wrong."),
        (said.at > now, "at", "That time is still to come."),
        (said.result in NEEDS_REASON and not said.reason, "reason", "Say why it was left out."),
        (not said.because, "because", "Say what was wrong with the record."),
    )
    problems = tuple(Problem(field, words) for wrong, field, words in checks if wrong)
    if problems:
        raise Invalid(problems[0].message, problems=problems)

"""When an independent advocate is due, and whether there is one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from careplan.assessments.domain.content import Answer


class Ability(StrEnum):
    """What it takes to be involved; substantial difficulty with any one of them suffices."""

    UNDERSTANDING = "understanding"
    RETAINING = "retaining"
    WEIGHING = "weighing"
    COMMUNICATING = "communicating"


ABILITY_WORDS = {
    Ability.UNDERSTANDING: "Understanding what is told",
    Ability.RETAINING: "Keeping it in mind",
    Ability.WEIGHING: "Using or weighing it",
    Ability.COMMUNICATING: "Saying what they think, want or feel",
}


@dataclass(frozen=True, slots=True)
class Supporter:
    """Somebody who would support the person; one who is paid to care for them is never the right one."""

    name: str
    paid_to_care: Answer
    person_wants_them: Answer


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the duty depends on."""

    difficulties: Mapping[Ability, Answer] = field(default_factory=dict)
    supporter: Supporter | None = None
    long_nhs_stay: bool = False
    stay_in_best_interests: bool = False
    material_disagreement: bool = False
    both_want_advocate: bool = False

    @property
    def difficulty(self) -> Answer:
        """Substantial difficulty with any one of the four; no only where all four were asked about."""
        answers = [self.difficulties.get(ability, Answer.NOT_ASKED) for ability in Ability]
        if Answer.YES in answers:
            return Answer.YES
        return Answer.NOT_ASKED if Answer.NOT_ASKED in answers else Answer.NO


class Duty(StrEnum):
    """Whether an independent advocate is due, and why or why not."""

    NOT_ASKED = "not_asked"
    NO_DIFFICULTY = "no_difficulty"
    SUPPORTED = "supported"
    NOBODY_FIT = "nobody_fit"
    LONG_NHS_STAY = "long_nhs_stay"
    DISAGREEMENT = "disagreement"


DUE = frozenset({Duty.NOBODY_FIT, Duty.LONG_NHS_STAY, Duty.DISAGREEMENT})
DUTY_WORDS = {
    Duty.NOT_ASKED: "Nobody has asked yet whether they need help to take part.",
    Duty.NO_DIFFICULTY: "No advocate is due: they can take part themselves.",
    Duty.SUPPORTED: "No advocate is due: somebody fit supports them, and they want them to.",
    Duty.NOBODY_FIT: "An advocate is due: taking part is hard for them, and nobody fit supports them.",
    Duty.LONG_NHS_STAY: "An advocate is due: the NHS is likely to pay for a long stay, and one is best for them.",
    Duty.DISAGREEMENT: "An advocate is due: council and supporter disagree on what matters, and both want one.",
}


@dataclass(frozen=True, slots=True)
class AdvocacyFinding:
    """What was found on a day about taking part, and the advocate if there is one. It stays; the latest counts."""

    id: UUID
    person_id: UUID
    circumstances: Circumstances
    evidence: str
    advocate_name: str
    advocate_from: str
    found_on: date
    found_by: UUID
    at: datetime

    @property
    def duty(self) -> Duty:
        return duty_of(self.circumstances)

    @property
    def is_met(self) -> bool:
        """Whether nothing is due, or what is due is there."""
        return is_met(duty=self.duty, advocate_name=self.advocate_name)


def is_appropriate(supporter: Supporter | None) -> bool:
    """Whether somebody is an appropriate person: not paid to care for the person, and wanted by them.

    What was not asked counts as no: the person is not to be left with somebody whom nobody asked about.
    """
    return (
        supporter is not None
        and bool(supporter.name.strip())
        and supporter.paid_to_care is Answer.NO
        and supporter.person_wants_them is Answer.YES
    )


def duty_of(circumstances: Circumstances) -> Duty:
    """Whether an advocate is due. It is the same question at the assessment, at planning and at every review."""
    if circumstances.difficulty is Answer.NOT_ASKED:
        return Duty.NOT_ASKED
    if circumstances.difficulty is Answer.NO:
        return Duty.NO_DIFFICULTY
    if not is_appropriate(circumstances.supporter):
        return Duty.NOBODY_FIT
    if circumstances.long_nhs_stay and circumstances.stay_in_best_interests:
        return Duty.LONG_NHS_STAY
    if circumstances.material_disagreement and circumstances.both_want_advocate:
        return Duty.DISAGREEMENT
    return Duty.SUPPORTED


def is_met(*, duty: Duty, advocate_name: str) -> bool:
    """Whether the duty stands in nobody's way: none is due, or one is named."""
    if duty is Duty.NOT_ASKED:
        return False
    return duty not in DUE or bool(advocate_name.strip())

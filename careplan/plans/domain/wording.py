"""How a plan's parts are said in words: the same on every page, in comparisons and in suggestions."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from careplan.assessments.domain.outcome import OUTCOME_WORDS
from careplan.kernel.words import duration, listed, money, short_day
from careplan.plans.domain import content as c

# Members of different kinds may be equal as words, so each is known by its kind too.
_CHOICES: dict[tuple[type[Enum], Enum], str] = {
    (type(member), member): words
    for member, words in (
        *OUTCOME_WORDS.items(),
        (c.Wellbeing.QUALITY_OF_LIFE, "Quality of life"),
        (c.Wellbeing.PHYSICAL_AND_MENTAL, "Body and mind"),
        (c.Wellbeing.FEELING_SAFE, "Feeling safe"),
        (c.Wellbeing.DAY_TO_DAY_LIVING, "Day-to-day living"),
        (c.Wellbeing.PART_OF_THE_COMMUNITY, "Part of the community"),
        (c.Wellbeing.INDEPENDENCE, "Independence and meaningful activities"),
        (c.Wellbeing.CONTROL, "In control and listened to"),
        (c.Aim.IMPROVE, "Make it better"),
        (c.Aim.MAINTAIN, "Keep it as it is"),
        (c.DoneBy.PERSON, "The person"),
        (c.DoneBy.UNPAID_CARER, "Family or friends"),
        (c.DoneBy.PROVIDER, "The care provider"),
        (c.DoneBy.NURSE, "A nurse"),
        (c.DoneBy.COMMUNITY, "A community organisation"),
        (c.DoneBy.DEVICE, "A device"),
        (c.Funder.COUNCIL, "The council"),
        (c.Funder.NHS_DELEGATED, "The NHS, for delegated health care"),
        (c.Funder.NHS_CONTINUING_HEALTHCARE, "NHS continuing healthcare"),
        (c.Funder.JOINT, "The council and the NHS together"),
        (c.Funder.SECTION_117, "Aftercare under section 117"),
        (c.Funder.PERSON, "The person"),
        (c.Basis.ACTUAL, "The time that each visit really took"),
        (c.Basis.PLANNED, "The time that was planned"),
        (c.Basis.TOLERANCE, "The time that each visit took, with some give"),
        (c.CarryOverRule.NONE, "Nothing is carried over"),
        (c.CarryOverRule.MINUTES, "Up to a number of minutes"),
        (c.CarryOverRule.PERCENT, "Up to a percentage"),
        (c.Direction.NONE, "No"),
        (c.Direction.DOWN, "Yes, down only"),
        (c.Direction.BOTH, "Yes, up and down"),
        (c.Rank.HIGH, "High: dangerous within hours"),
        (c.Rank.MEDIUM, "Medium: must be put right the same day"),
        (c.Rank.LOW, "Low: can wait for the next visit"),
        (c.Frequency.WEEKLY, "every week"),
        (c.Frequency.FOUR_WEEKLY, "every four weeks"),
        (c.Frequency.MONTHLY, "every month"),
        (c.InterimReason.URGENT_NEED, "The need is urgent"),
        (c.InterimReason.HOSPITAL_DISCHARGE, "Coming home from hospital"),
        (c.InterimReason.PROVIDER_FAILURE, "The provider has stopped"),
        (c.InterimReason.CARER_BREAKDOWN, "The family carer cannot go on"),
        (c.InterimReason.CARRIED_OVER, "Carried over from another system"),
        (c.PlanKind.FULL, "Full plan"),
        (c.PlanKind.INTERIM, "Interim plan"),
    )
}
LEVEL_NAMES = {
    -2: "Much worse than we hope",
    -1: "Worse than we hope",
    0: "What we hope for",
    1: "Better than we hope",
    2: "Much better than we hope",
}
FIELDS = {
    "words": "In words",
    "care_act": "Part of life",
    "unmet_because": "Why nothing is done about it",
    "need": "Need that it answers",
    "aim": "Aim",
    "wellbeing": "Wellbeing",
    "importance": "How much it matters, out of 10",
    "confidence": "How sure, out of 10",
    "target_date": "By when",
    **{f"levels.{level}": f"{name}" for level, name in LEVEL_NAMES.items()},
    "baseline": "Where things stand now",
    "weight": "Weight",
    "outcome": "Outcome that it serves",
    "by": "Who does it",
    "who": "Name or team",
    "when": "When",
    "funder": "Who pays",
    "weeks": "Hours in each of four weeks",
    "parts": "Who pays how much",
    "basis": "What counts",
    "tolerance": "Give for each visit",
    "weekly_floor": "Least in a week",
    "weekly_ceiling": "Most in a week",
    "carry_over": "Hours left over",
    "double_handed": "Two care workers at once",
    "minutes": "Time kept aside",
    "circumstances": "What it is for",
    "services": "What it can pay for",
    "provider_limit": "What the provider may approve",
    "direction": "May the provider adjust the hours?",
    "percent": "Most, in percent",
    "activity": "Activity",
    "instruction_version": "Instruction version",
    "until_competent": "Who does it until a worker may",
    "response": "What is done about it",
    "rank": "How dangerous a missed visit is",
    "contact": "Whom we tell",
    "no_reply": "When nobody answers the door",
    "triggers": "When it is an emergency",
    "steps": "What to do",
    "call": "Whom to call",
    "if_carer_fails": "If the family carer cannot go on",
    "total_weekly_pence": "In all, each week",
    "person_weekly_pence": "The person's part",
    "council_weekly_pence": "The council's part",
    "direct_payment": "Direct payment",
    "how_met": "How needs will be met",
    "prevention_advice": "Advice to stay well",
    "starts_on": "First day",
    "review_on": "First review",
    "provider": "Care provider",
    "organisation": "Care provider",
    "name": "Care provider",
    "reason": "Why it cannot wait",
    "needs_as_known": "Needs as known",
    "allergies": "Allergies",
    "access": "How to get in",
    "told_on": "Day the person was told",
}  # fmt: skip
PART_FIELDS = {
    ("adjustment", "minutes"): "Most, in time",
    ("missed_visit", "response"): "What we do",
    ("interim", "access"): "How to get in",
}
MINUTE_FIELDS = frozenset({"tolerance", "weekly_floor", "weekly_ceiling", "minutes", "provider_limit", "after_minutes"})
NOTHING = "nothing yet"


def choice_words(member: Enum) -> str:
    """A choice as a page says it."""
    return _CHOICES[type(member), member]


def label_of(key: str, name: str) -> str:
    """What a field of an item is called; a few mean something else in one part than in another."""
    return PART_FIELDS.get((key, name)) or FIELDS[name]


def say(name: str, value: object, *, titles: dict[UUID, str] | None = None) -> str:
    """A field's value in words; `titles` says the items that other items point at."""
    for speaks, words in _SPEAKERS:
        if speaks(name, value):
            return words(name, value, titles or {})
    return str(value)


def _say_adjustment_minutes(value: int) -> str:
    return duration(value) if value else "none"


def _say_weeks(value: tuple[int, ...]) -> str:
    return ", ".join(duration(w) for w in value)


def _say_carry_over(value: c.CarryOver) -> str:
    match value.rule:
        case c.CarryOverRule.NONE:
            return choice_words(value.rule)
        case c.CarryOverRule.MINUTES:
            return f"Up to {duration(value.cap)} is carried over"
        case c.CarryOverRule.PERCENT:
            return f"Up to {value.cap}% is carried over"


def _say_step(value: c.NoReplyStep) -> str:
    return f"after {duration(value.after_minutes)}: {value.step}" if value.after_minutes else f"at once: {value.step}"


def _say_direct_payment(value: c.DirectPayment, titles: dict[UUID, str]) -> str:
    needs = listed([titles.get(n, "a need") for n in value.needs])
    return f"{money(value.amount_pence)} {choice_words(value.frequency)}" + (f" for {needs}" if needs else "")


def _say_parts(value: Any, titles: dict[UUID, str]) -> str:
    said = [say(f.name, getattr(value, f.name), titles=titles) for f in fields(value) if f.name != "id"]
    return ", ".join(s for s in said if s != NOTHING) or NOTHING


def _say_list(name: str, value: tuple[object, ...], titles: dict[UUID, str]) -> str:
    return "; ".join(say(name, v, titles=titles).rstrip(".") for v in value)


_Test = Callable[[str, Any], bool]
_Words = Callable[[str, Any, dict[UUID, str]], str]
_SPEAKERS: tuple[tuple[_Test, _Words], ...] = (
    (lambda n, v: v is None or v == "" or v == (), lambda n, v, t: NOTHING),
    (lambda n, v: n == "weeks", lambda n, v, t: _say_weeks(v)),
    (lambda n, v: n == "baseline", lambda n, v, t: LEVEL_NAMES[v]),
    (lambda n, v: n.endswith("_pence"), lambda n, v, t: money(v)),
    (lambda n, v: n in MINUTE_FIELDS, lambda n, v, t: _say_adjustment_minutes(v)),
    (lambda n, v: isinstance(v, bool), lambda n, v, t: "Yes" if v else "No"),
    (lambda n, v: isinstance(v, Enum), lambda n, v, t: choice_words(v)),
    (lambda n, v: isinstance(v, date), lambda n, v, t: short_day(v)),
    (lambda n, v: isinstance(v, UUID), lambda n, v, t: t.get(v, "one that is no longer there")),
    (lambda n, v: isinstance(v, c.Parts), lambda n, v, t: v.words),
    (lambda n, v: isinstance(v, c.Provider), lambda n, v, t: v.name),
    (lambda n, v: isinstance(v, c.Named), lambda n, v, t: v.words or v.slug.replace("_", " ")),
    (lambda n, v: isinstance(v, c.NoReplyStep), lambda n, v, t: _say_step(v)),
    (lambda n, v: isinstance(v, c.CarryOver), lambda n, v, t: _say_carry_over(v)),
    (lambda n, v: isinstance(v, c.DirectPayment), lambda n, v, t: _say_direct_payment(v, t)),
    (lambda n, v: isinstance(v, tuple), _say_list),
    (lambda n, v: is_dataclass(v), lambda n, v, t: _say_parts(v, t)),
)

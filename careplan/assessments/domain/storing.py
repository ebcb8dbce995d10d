"""An assessment as JSON and back: what is stored was written by `as_json`, so reading it needs no checks."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from careplan.assessments.domain.content import (
    Answer,
    AssessmentContent,
    CarerPart,
    Carers,
    How,
    Impact,
    Method,
    Needs,
    Other,
    OutcomeFound,
    Part,
    with_all_outcomes,
)
from careplan.assessments.domain.outcome import Achievable, CareActOutcome, Meaning, WellbeingArea
from careplan.kernel.canonical import content_hash

PartValue = How | Needs | Impact | Carers | Other


def as_json(value: Any) -> Any:
    """Values of an assessment as JSON holds them."""
    if is_dataclass(value):
        return {f.name: as_json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [as_json(v) for v in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def tag_of(value: PartValue) -> str:
    """What a part says, as a short mark: who saves sends the mark of what they read."""
    return content_hash(as_json(value))[:16]


def part_of(content: AssessmentContent, part: Part) -> PartValue:
    """One part of an assessment."""
    found: PartValue = getattr(content, part.value)
    return found


def with_part(content: AssessmentContent, part: Part, value: PartValue) -> AssessmentContent:
    """The assessment with this part written anew."""
    changed: dict[str, Any] = {part.value: value}
    return replace(content, **changed)


def content_from_json(stored: Mapping[str, Any]) -> AssessmentContent:
    """What `as_json` wrote."""
    return AssessmentContent(
        how=how_from_json(stored["how"]),
        needs=_needs(stored["needs"]),
        impact=impact_from_json(stored["impact"]),
        carers=_carers(stored["carers"]),
        other=_other(stored["other"]),
    )


def how_from_json(stored: Mapping[str, Any]) -> How:
    """What `as_json` wrote of a `How`."""
    on, method = stored["assessed_on"], stored["method"]
    return How(
        assessed_on=date.fromisoformat(on) if on else None,
        method=Method(method) if method else None,
        present=stored["present"],
        own_words=stored["own_words"],
    )


def _needs(stored: Mapping[str, Any]) -> Needs:
    found = (
        OutcomeFound(
            CareActOutcome(o["outcome"]),
            Achievable(o["achievable"]),
            tuple(Meaning(m) for m in o["meanings"]),
            o["words"],
        )
        for o in stored["outcomes"]
    )
    return Needs(Answer(stored["impairment"]), stored["impairment_words"], with_all_outcomes(found))


def impact_from_json(stored: Mapping[str, Any]) -> Impact:
    """What `as_json` wrote of an `Impact`."""
    return Impact(Answer(stored["significant"]), tuple(WellbeingArea(a) for a in stored["areas"]), stored["words"])


def _carers(stored: Mapping[str, Any]) -> Carers:
    parts = tuple(
        CarerPart(CareActOutcome(p["outcome"]), Answer(p["willing_and_able"]), p["what"], p["if_they_stop"])
        for p in stored["parts"]
    )
    # Assessments finished before carers could be taken back do not say that they were not.
    return Carers(Answer(stored["has_carer"]), stored["who"], parts, stored.get("taken_back", False))


def _other(stored: Mapping[str, Any]) -> Other:
    return Other(
        Answer(stored["discretionary"]),
        stored["discretionary_words"],
        Answer(stored["preventive"]),
        stored["preventive_words"],
    )

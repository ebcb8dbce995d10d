"""A plan taken apart into items with fields: what comparisons, comments and suggestions speak of.

An item with an id of its own is named by it; the parts of which there is one are named by a word, such as `hours`.
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any
from uuid import UUID

from careplan.plans.domain.content import LEVELS, Grant, Outcome, PlanContent

WHOLE_PLAN = "plan"


class Section(StrEnum):
    """The parts of a plan, in the order in which it is read; each is also a page.

    Assessment, advocacy and the door are no part of what is agreed: a full plan rests on them, and their pages lie
    with the person's.
    """

    ASSESSMENT = "assessment"
    ADVOCACY = "advocacy"
    START = "start"
    INTERIM = "interim"
    DOOR = "door"
    NEEDS = "needs"
    OUTCOMES = "outcomes"
    SUPPORT = "support"
    HOURS = "hours"
    CONTINGENCY = "contingency"
    DELEGATIONS = "delegations"
    RISKS = "risks"
    BUDGET = "budget"
    REVIEW = "review"


SECTION_TITLES = {
    Section.ASSESSMENT: "Assessment and determination",
    Section.ADVOCACY: "Help to take part",
    Section.START: "Start, provider and review",
    Section.INTERIM: "What must be known now",
    Section.DOOR: "At the door",
    Section.NEEDS: "Needs",
    Section.OUTCOMES: "Outcomes",
    Section.SUPPORT: "Support",
    Section.HOURS: "Hours",
    Section.CONTINGENCY: "Kept aside for bad days",
    Section.DELEGATIONS: "Delegated health care",
    Section.RISKS: "Risks and what if",
    Section.BUDGET: "Personal budget",
    Section.REVIEW: "Review",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a plan. `key` is its id, or the name of the part; `title` says it to a reader."""

    section: Section
    key: str
    title: str
    values: dict[str, Any]


def items_of(content: PlanContent) -> tuple[Item, ...]:
    """Every item of a plan, section by section."""
    return (
        *_start(content),
        *_part(Section.INTERIM, "interim", "What must be known now", content.interim),
        *(_item(Section.NEEDS, n.id, n.words or "A need", n) for n in content.needs),
        *(_outcome(o) for o in content.outcomes),
        *(_item(Section.SUPPORT, a.id, a.words or "Something that is done", a) for a in content.actions),
        *_words(Section.SUPPORT, content, "how_met", "prevention_advice"),
        *(_grant(g) for g in content.hours.grants),
        *_part(Section.HOURS, "hours", "How hours are counted", content.hours, without=("grants",)),
        *_part(Section.HOURS, "adjustment", "Small changes by the provider", content.adjustment),
        *_part(Section.CONTINGENCY, "contingency", "Kept aside for bad days", content.contingency),
        *(_item(Section.DELEGATIONS, d.delegation, d.activity, d, without="delegation") for d in content.delegations),
        *(_item(Section.RISKS, r.id, r.words or "A risk", r) for r in content.risks),
        *_part(Section.RISKS, "missed_visit", "If a visit is missed or late", content.missed_visit),
        *_words(Section.RISKS, content, "no_reply"),
        *_part(Section.RISKS, "emergency_plan", "In an emergency", content.emergency_plan),
        *_part(Section.BUDGET, "budget", "Personal budget", content.budget),
    )


def titles_of(content: PlanContent) -> dict[UUID, str]:
    """The words of the items that other items point at, by id."""
    return {n.id: n.words for n in content.needs} | {o.id: o.words for o in content.outcomes}


def title_of(content: PlanContent, key: str) -> str | None:
    """What an item is called; None for the whole plan, and for an item that the plan does not hold."""
    named = (item.title for item in items_of(content) if item.key == key and key != WHOLE_PLAN)
    return next(named, None)


_WORD_TITLES = {
    "how_met": "How needs will be met",
    "prevention_advice": "Advice to stay well",
    "no_reply": "When nobody answers the door",
}


def _start(content: PlanContent) -> tuple[Item, ...]:
    values = {name: getattr(content, name) for name in ("starts_on", "provider", "review_on")}
    return (Item(Section.START, WHOLE_PLAN, "Start, provider and review", values),)


def _words(section: Section, content: PlanContent, *names: str) -> tuple[Item, ...]:
    """Fields of the plan itself, each read as an item of its own."""
    return tuple(Item(section, name, _WORD_TITLES[name], {name: getattr(content, name)}) for name in names)


def _outcome(outcome: Outcome) -> Item:
    """Each of the five levels is a field of its own, named as a suggestion names it."""
    values: dict[str, Any] = {}
    for name, value in _values(outcome, ("id",)).items():
        if name == "levels":
            values |= {f"levels.{level}": words for level, words in zip(LEVELS, value, strict=True)}
        else:
            values[name] = value
    return Item(Section.OUTCOMES, str(outcome.id), outcome.words or "An outcome", values)


def _grant(grant: Grant) -> Item:
    """Parts are said only where two pay together."""
    without = ("id",) if grant.parts else ("id", "parts")
    return Item(Section.HOURS, str(grant.id), "Hours for four weeks", _values(grant, without))


def _item(section: Section, key: UUID, title: str, value: Any, without: str = "id") -> Item:
    return Item(section, str(key), title, _values(value, (without,)))


def _part(section: Section, key: str, title: str, value: Any, without: tuple[str, ...] = ()) -> tuple[Item, ...]:
    return () if value is None else (Item(section, key, title, _values(value, without)),)


def _values(value: Any, without: tuple[str, ...]) -> dict[str, Any]:
    return {f.name: getattr(value, f.name) for f in fields(value) if f.name not in without}

"""A version made ready for reading: sections with items, each with what is said in its fields."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from careplan.plans.domain.content import Action, Outcome, PlanContent
from careplan.plans.domain.items import SECTION_TITLES, Item, Section, items_of, titles_of
from careplan.plans.domain.wording import LEVEL_NAMES, MINUTE_FIELDS, NOTHING, choice_words, label_of, say

TITLE_FIELDS = frozenset({"words", "activity"})


@dataclass(frozen=True, slots=True)
class ReadItem:
    """An item with its title and what its other fields say, those that say nothing left out."""

    key: str
    title: str
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A part of the plan with its items."""

    section: Section
    title: str
    items: tuple[ReadItem, ...]


def read_sections(content: PlanContent) -> tuple[ReadSection, ...]:
    """The whole plan, section by section; a section in which nothing is written is left out."""
    titles = titles_of(content)
    found: dict[Section, list[ReadItem]] = {}
    for item in items_of(content):
        read = read_item(item, titles)
        if read.said or item.section in (Section.NEEDS, Section.OUTCOMES, Section.SUPPORT, Section.RISKS):
            found.setdefault(item.section, []).append(read)
    return tuple(ReadSection(s, SECTION_TITLES[s], tuple(found[s])) for s in Section if s in found)


def read_item(item: Item, titles: dict[UUID, str]) -> ReadItem:
    """An item as a reader sees it."""
    said = [
        (label_of(item.key, name), words)
        for name, value in item.values.items()
        if name not in TITLE_FIELDS
        and not _is_none(name, value)
        and (words := say(name, value, titles=titles)) != NOTHING
    ]
    return ReadItem(item.key, item.title, tuple(said))


def _is_none(name: str, value: object) -> bool:
    """No minutes, no percentage and a plain no go without saying when a plan is read."""
    return value is False or (name in MINUTE_FIELDS | {"percent"} and value == 0)


def outcome_pictures(content: PlanContent) -> list[dict[str, Any]]:
    """Each outcome with its levels in words and who does what for it."""
    return [_outcome(outcome, content.actions) for outcome in content.outcomes]


def _outcome(outcome: Outcome, actions: tuple[Action, ...]) -> dict[str, Any]:
    return {
        "words": outcome.words,
        "now": outcome.level_words(outcome.baseline) or LEVEL_NAMES[outcome.baseline],
        "hoped": outcome.level_words(0),
        "by": outcome.target_date,
        "actions": [
            {"words": a.words, "who": a.who or choice_words(a.by), "when": a.when, "by": a.by.value}
            for a in actions
            if a.outcome == outcome.id
        ],
    }

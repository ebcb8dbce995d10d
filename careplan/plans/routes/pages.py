"""Which pages a draft is written on, and what each of them holds."""

from dataclasses import dataclass
from uuid import UUID

from careplan.plans.domain.items import SECTION_TITLES, Section
from careplan.plans.domain.task_list import TITLES
from careplan.plans.forms import items, parts


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of many items: where the draft's JSON keeps them, and how one is called."""

    section: Section
    path: tuple[str, ...]
    form: type[items.ItemForm]
    one: str
    lead: str
    needs: str = ""
    part: type[parts.PartForm] | None = None
    part_title: str = ""


@dataclass(frozen=True, slots=True)
class PartPage:
    """A page of one form, and the section to which it belongs."""

    section: Section
    form: type[parts.PartForm]
    title: str
    lead: str = ""


LISTS = {
    "needs": ListPage(Section.NEEDS, ("needs",), items.NeedForm, "need", "What the person needs, in their own words."),
    "outcomes": ListPage(
        Section.OUTCOMES, ("outcomes",), items.OutcomeForm, "outcome",
        "What the person wants. Each outcome has five levels, so that everyone can see how it goes.", "needs",
    ),
    "support": ListPage(
        Section.SUPPORT, ("actions",), items.ActionForm, "action",
        "Who does what, and when: the person, family, the provider, a nurse, the community or a device.", "outcomes",
        parts.HowMetForm, "How needs will be met",
    ),
    "hours": ListPage(
        Section.HOURS, ("hours", "grants"), items.GrantForm, "funder",
        "Hours for four weeks, together one bank. A heavy week may be followed by a light one.",
    ),
    "delegations": ListPage(
        Section.DELEGATIONS, ("delegations",), items.DelegationForm, "activity",
        "Health care that a nurse or therapist has handed over to named care workers.",
    ),
    "risks": ListPage(
        Section.RISKS, ("risks",), items.RiskForm, "risk", "What could go wrong, and what we do about it.",
        "", parts.WhatIfForm, "What if something goes wrong",
    ),
}  # fmt: skip
PARTS = {
    "start": PartPage(Section.START, parts.StartForm, TITLES[Section.START]),
    "interim": PartPage(Section.INTERIM, parts.InterimForm, SECTION_TITLES[Section.INTERIM]),
    "hours/counting": PartPage(Section.HOURS, parts.CountingForm, "How hours are counted"),
    "contingency": PartPage(
        Section.CONTINGENCY, parts.ContingencyForm, SECTION_TITLES[Section.CONTINGENCY],
        "Time for circumstances that you have assessed. It is not extra time for ordinary days.",
    ),
    "budget": PartPage(Section.BUDGET, parts.BudgetForm, SECTION_TITLES[Section.BUDGET]),
    "review": PartPage(
        Section.REVIEW, parts.ReviewForm, SECTION_TITLES[Section.REVIEW],
        "On this day you all look at the plan again together.",
    ),
}  # fmt: skip
# A part that belongs to a page of many items is linked from it.
BESIDE = {"hours": ("hours/counting", ("hours", "adjustment"))}


def is_page(name: str) -> bool:
    """Whether a draft is written on a page of this name, or an item on one."""
    listed, _, item = name.partition("/")
    return name in PARTS or (listed in LISTS and (not item or _is_id(item)))


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False

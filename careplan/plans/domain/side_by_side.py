"""Where two people changed one thing: what stood there before, and what each made of it, word by word."""

from dataclasses import dataclass

from careplan.plans.domain.comparing import Piece, compare_words
from careplan.plans.domain.content import PlanContent
from careplan.plans.domain.items import Item, items_of, titles_of
from careplan.plans.domain.merging import Clash
from careplan.plans.domain.read_out import read_item
from careplan.plans.domain.wording import NOTHING, label_of, say

TAKEN_OUT = "Taken out."


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide: its item, its field, the three texts, and each new one read together with the old one.

    `text` is what was typed, where words can be typed in its place.
    """

    name: str
    title: str
    label: str
    before: str
    mine: tuple[Piece, ...]
    theirs: tuple[Piece, ...]
    text: str | None


def questions(
    clashes: tuple[Clash, ...], *, base: PlanContent, mine: PlanContent, theirs: PlanContent
) -> tuple[Question, ...]:
    """Every clash as it is asked, in the order in which the plan keeps its parts."""
    return tuple(_question(clash, base, mine, theirs) for clash in clashes)


def _question(clash: Clash, base: PlanContent, mine: PlanContent, theirs: PlanContent) -> Question:
    held = [_item(content, clash.item) for content in (theirs, mine, base)]
    item = next(i for i in held if i is not None)
    before, own, other = (_said(content, clash) for content in (base, mine, theirs))
    return Question(
        name=clash.name,
        title=item.title,
        label=label_of(item.key, clash.field) if clash.field in item.values else "",
        before=before,
        mine=compare_words(before, own),
        theirs=compare_words(before, other),
        text=clash.mine if clash.is_text else None,
    )


def _item(content: PlanContent, key: str) -> Item | None:
    return next((i for i in items_of(content) if i.key == key), None)


def _said(content: PlanContent, clash: Clash) -> str:
    """What one side says: the field, or the whole item where it is taken or left as one."""
    item, titles = _item(content, clash.item), titles_of(content)
    if item is None:
        return TAKEN_OUT
    if clash.field in item.values:
        words = say(clash.field, item.values[clash.field], titles=titles)
        return "" if words == NOTHING else words
    return " ".join([f"{item.title}.", *(f"{label}: {words}." for label, words in read_item(item, titles).said)])

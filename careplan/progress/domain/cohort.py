"""Goal attainment of many people: by which groups it is told, and as whose view."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from careplan.plans.domain.content import Wellbeing
from careplan.plans.domain.wording import choice_words

FEWEST_SHOWN = 5


class View(StrEnum):
    """Whose view the figures are: raters are never mixed in one figure."""

    PERSON = "person"
    PROFESSIONAL = "professional"

    @property
    def words(self) -> str:
        return {View.PERSON: "The people themselves", View.PROFESSIONAL: "Professionals"}[self]


class GroupKind(StrEnum):
    """By what people are grouped."""

    ALL = "all"
    WELLBEING = "wellbeing"
    PROVIDER = "provider"
    AREA = "area"
    AGE = "age"
    START = "start"

    @property
    def words(self) -> str:
        return KIND_WORDS[self]


KIND_WORDS = {
    GroupKind.ALL: "Everybody",
    GroupKind.WELLBEING: "By area of wellbeing",
    GroupKind.PROVIDER: "By provider",
    GroupKind.AREA: "By part of the council",
    GroupKind.AGE: "By age",
    GroupKind.START: "By when care began",
}


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group's figures; None where they are hidden because they are of few people, or would give those away.

    `reached` counts outcomes that person and professional agree are achieved, or maintained where that is the aim.
    """

    kind: GroupKind
    label: str
    people: int | None
    baseline: Decimal | None
    achieved: Decimal | None
    rated: int | None
    reached: int | None

    @property
    def words(self) -> str:
        """What the group is called."""
        if self.kind is GroupKind.ALL:
            return KIND_WORDS[self.kind]
        if self.kind is GroupKind.WELLBEING and self.label in set(Wellbeing):
            return choice_words(Wellbeing(self.label))
        return self.label or "Not known"

    @property
    def change(self) -> Decimal | None:
        """From the start to now."""
        return None if self.achieved is None or self.baseline is None else self.achieved - self.baseline

    @property
    def is_hidden(self) -> bool:
        return self.people is None


def by_kind(lines: Iterable[GroupLine]) -> dict[GroupKind, list[GroupLine]]:
    """The lines of each kind in the order of the page, wellbeing in its own order, all else by name."""
    order = {w.value: place for place, w in enumerate(Wellbeing)}
    known = sorted(lines, key=lambda line: (order.get(line.label, len(order)), line.words))
    return {kind: found for kind in GroupKind if (found := [line for line in known if line.kind is kind])}

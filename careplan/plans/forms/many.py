"""Several new items on one page, with the page's own part below them; what was left empty is passed over."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from careplan.kernel.errors import DomainError
from careplan.kernel.ids import new_id
from careplan.plans.forms.items import ItemForm
from careplan.plans.forms.parts import PartForm

ENTRY = re.compile(r"new(\d{1,2})-key")
MOST_AT_ONCE = 12


class Entries:
    """The forms of a page as one: validated, listed in the error summary and shown together."""

    def __init__(self, forms: Sequence[ItemForm], part: PartForm | None = None) -> None:
        self.forms = forms
        self.part = part
        self.form_errors: list[str] = []

    def __iter__(self) -> Iterator[Any]:
        for form in self._all():
            yield from form

    @property
    def has_errors(self) -> bool:
        """Whether anything is told at a field or on top."""
        return bool(self.form_errors) or any(form.errors for form in self._all())

    @property
    def filled(self) -> list[ItemForm]:
        """The entries in which something was typed."""
        return [form for form in self.forms if not form.is_blank()]

    def validate(self) -> bool:
        """Whether all that was typed can be read; every problem is noted, not the first alone."""
        asked = [*self.filled, *([self.part] if self.part else [])]
        return all([form.validate() for form in asked])

    def show(self, error: DomainError) -> None:
        """Tells a broken rule at the part's fields, else on top."""
        told = [p for p in error.problems if self.part is not None and p.field.split(".")[-1] in self.part]
        if told and self.part is not None:
            self.part.show(error)
        others = [p.message for p in error.problems if p not in told]
        self.form_errors += others if error.problems else [error.message]

    def _all(self) -> list[ItemForm | PartForm]:
        return [*self.forms, *([self.part] if self.part else [])]


def sent_entries(form: type[ItemForm], sent: Any) -> list[ItemForm]:
    """The entries that a page sent, each with what was typed in it."""
    numbers = sorted({int(found[1]) for name in sent if (found := ENTRY.fullmatch(name))})
    return [form(sent, prefix=f"new{n}") for n in numbers[:MOST_AT_ONCE]]


def blank_entries(form: type[ItemForm], begin_with: Iterable[Mapping[str, Any]]) -> list[ItemForm]:
    """Empty entries, one for each thing to begin with, and each with the id that its item will have."""
    return [
        form(None, prefix=f"new{n}", data={**begun, "key": str(new_id())})
        for n, begun in enumerate(list(begin_with)[:MOST_AT_ONCE])
    ]

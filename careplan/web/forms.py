"""Forms: fields for dates, times and durations as people say them, and errors that lead to their field."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, ClassVar

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation, ValidationError

from careplan.kernel.errors import DomainError
from careplan.kernel.minutes import Minutes

CLOCK = re.compile(r"(\d{1,2})[:.]?(\d{2})")
MINUTES_IN_HOUR = 60
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class FieldError:
    """One error of a form and the id of the field that it is about; None when it is about no single field."""

    text: str
    field_id: str | None


class PlainWords:
    """What WTForms says by itself, in words that say what to do."""

    WORDS: ClassVar[dict[str, str]] = {
        "This field is required.": "Answer this",
        "Not a valid choice.": "Choose one of these",
        "Not a valid choice": "Choose one of these",
        "Invalid Choice: could not coerce.": "Choose one of these",
        "'%(value)s' is not a valid choice for this field.": "Choose only from these",
        "'%(value)s' are not valid choices for this field.": "Choose only from these",
        "Field must be at least %(min)d character long.": "Write at least %(min)d character",
        "Field must be at least %(min)d characters long.": "Write at least %(min)d characters",
        "Field cannot be longer than %(max)d character.": "Write at most %(max)d character",
        "Field cannot be longer than %(max)d characters.": "Write at most %(max)d characters",
        "Field must be between %(min)d and %(max)d characters long.": "Write %(min)d to %(max)d characters",
        "Not a valid integer value.": "Type a whole number, such as 3",
        "Not a valid decimal value.": "Type a number, such as 3 or 2.5",
        "Not a valid float value.": "Type a number, such as 3 or 2.5",
        "Number must be at least %(min)s.": "Type %(min)s or more",
        "Number must be at most %(max)s.": "Type %(max)s or less",
        "Number must be between %(min)s and %(max)s.": "Type a number from %(min)s to %(max)s",
        "Invalid email address.": "Type an e-mail address, such as name@example.org",
    }

    def gettext(self, text: str) -> str:
        """The words for one of WTForms' sentences, in the reader's language."""
        return str(gettext(self.WORDS.get(text, text)))

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The same where the sentence depends on a number."""
        return self.gettext(one if number == 1 else many)


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """A form whose refusals, its own and the domain's, stand at their fields with everything typed kept."""

    form_errors: list[str]

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # the same
        def get_translations(self, form: Any) -> PlainWords:
            return PlainWords()

    def show(self, error: DomainError) -> None:
        """Puts a broken rule where it belongs: at the fields that its problems name, else at the top."""
        placed = False
        for problem in error.problems:
            field = self._fields.get(problem.field.split(".")[-1])
            if field is not None:
                field.errors = [*field.errors, problem.message]
                placed = True
        if not placed:
            self.form_errors = [*self.form_errors, error.message]


class WordsField(StringField):  # type: ignore[misc]  # WTForms carries no types
    """A line of text without spaces around it; what cannot be stored is refused."""

    data: str | None

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = (self.data or "").strip()

    def pre_validate(self, form: Any) -> None:
        _refuse_unstorable(self.data)


class LongWordsField(TextAreaField):  # type: ignore[misc]  # the same
    """Text of several lines without spaces around it; what cannot be stored is refused."""

    data: str | None

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = (self.data or "").strip().replace("\r\n", "\n")

    def pre_validate(self, form: Any) -> None:
        _refuse_unstorable(self.data)


class PartsField(Field):  # type: ignore[misc]  # the same
    """A value typed in several boxes named <field>-<part>; what was typed is kept as it was typed."""

    data: Any
    parts: tuple[tuple[str, str, int], ...] = ()
    wrong = "Check what you have typed"

    def __init__(self, label: str = "", validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.typed: dict[str, str] = {}

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(None, *([data] if data is not None else []), extra_filters=extra_filters)
        self.typed = self._said(self.data) if self.data is not None else {}
        if not formdata or not any(self._name(part) in formdata for part, _, _ in self.parts):
            return
        self.typed = {part: formdata.get(self._name(part), "").strip() for part, _, _ in self.parts}
        self.raw_data = [text for text in self.typed.values() if text]
        try:
            self.data = self._read(self.typed) if self.raw_data else None
        except ValueError:
            self.data = None
            self.process_errors = [str(self.render_kw["wrong"]) if "wrong" in (self.render_kw or {}) else self.wrong]

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            raise StopValidation

    def _name(self, part: str) -> str:
        return f"{self.name}-{part}"

    def _read(self, typed: dict[str, str]) -> Any:
        raise NotImplementedError

    def _said(self, value: Any) -> dict[str, str]:
        raise NotImplementedError


class DayField(PartsField):
    """A date typed as day, month and year."""

    parts = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))
    wrong = "Type a real date, such as 21 11 2026"

    def _read(self, typed: dict[str, str]) -> date:
        year = _number(typed["year"])
        if not 1000 <= year <= 9999:
            raise ValueError
        return date(year, _number(typed["month"]), _number(typed["day"]))

    def _said(self, value: date) -> dict[str, str]:
        return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}


class DurationField(PartsField):
    """A length of time typed as hours and minutes; its value is whole minutes."""

    parts = (("hours", "Hours", 3), ("minutes", "Minutes", 3))
    wrong = "Type hours and minutes as numbers, such as 1 and 30"

    def _read(self, typed: dict[str, str]) -> Minutes:
        return Minutes(_number(typed["hours"] or "0") * MINUTES_IN_HOUR + _number(typed["minutes"] or "0"))

    def _said(self, value: int) -> dict[str, str]:
        hours, rest = divmod(value, MINUTES_IN_HOUR)
        return {"hours": str(hours), "minutes": str(rest)}


class ClockField(StringField):  # type: ignore[misc]  # the same
    """A time of day by the clock: 08:30, 8.30 and 0830 are all read."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            return
        found = CLOCK.fullmatch(typed)
        if found is None or int(found[1]) > 23 or int(found[2]) > 59:
            raise ValueError("Type a time by the 24 hour clock, such as 08:30 or 14:15")
        self.data = time(int(found[1]), int(found[2]))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:%H:%M}" if self.data is not None else ""


def choices(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """What a select, radio or checkbox field offers: (value, label) in order."""
    return [SelectChoice(value=value, label=label) for value, label in pairs]


def listed_errors(form: Any) -> list[FieldError]:
    """Every error of a form in the order of its fields, those of no field first."""
    return [FieldError(str(text), None) for text in getattr(form, "form_errors", ())] + list(_errors_of(form))


def summary_items(form: Any) -> list[dict[str, str]]:
    """The same for the design system's error summary: each line leads to its field."""
    return [{"text": e.text} | ({"href": f"#{e.field_id}"} if e.field_id else {}) for e in listed_errors(form)]


def _errors_of(form: Any) -> Iterator[FieldError]:
    for field in form:
        if field.type == "FormField":
            yield from _errors_of(field.form)
        elif field.type == "FieldList":
            yield from _errors_of_entries(field)
        elif field.errors:
            yield FieldError(str(field.errors[0]), first_input_id(field))


def _errors_of_entries(field: Any) -> Iterator[FieldError]:
    nested = [e for entry in field.entries for e in (_errors_of(entry.form) if entry.type == "FormField" else ())]
    if nested:
        yield from nested
        return
    texts = [text for text in field.errors if isinstance(text, str)]
    yield from [FieldError(text, field.entries[0].id if field.entries else None) for text in texts]


def first_input_id(field: Any) -> str:
    """The id of the first thing in a field that can take the focus."""
    parts: Sequence[tuple[str, str, int]] = getattr(field, "parts", ())
    return f"{field.id}-{parts[0][0]}" if parts else str(field.id)


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 5:
        raise ValueError
    return int(text)


def _refuse_unstorable(text: str | None) -> None:
    if text and UNSTORABLE.search(text):
        raise ValidationError("There is a character in this text that we cannot keep. Type it again.")

"""The form for one exact new value, made to fit the value that it would replace."""

from datetime import date
from enum import Enum
from typing import Any

from wtforms import IntegerField, RadioField
from wtforms.validators import InputRequired, Optional

from careplan.plans.domain.items import Item
from careplan.plans.domain.stance import Stance
from careplan.plans.domain.wording import MINUTE_FIELDS, label_of
from careplan.plans.forms.items import of_kind
from careplan.web.forms import DayField, DurationField, Form, LongWordsField, choices
from careplan.web.pounds import PoundsField

# Their values point at other items or hold several things: a comment says more about them than a box.
NOT_OFFERED = frozenset(
    {
        "need", "outcome", "care_act", "wellbeing", "carry_over", "direct_payment", "provider",
        "circumstances", "services", "no_reply", "instruction_version", "activity", "funder", "total_weekly_pence",
    }
)  # fmt: skip
DATES = frozenset({"starts_on", "review_on", "target_date", "told_on"})


class WhyForm(Form):
    """The reason, which every suggestion has."""

    why = LongWordsField("Why?", [InputRequired("Say why, in a few words")], render_kw={"rows": 3})


class StanceForm(Form):
    """A party's yes or no to what is suggested."""

    stance = RadioField(
        "Do you accept this change?",
        choices=choices([(Stance.ACCEPTS.value, "Yes, I accept it"), (Stance.DECLINES.value, "No")]),
    )
    reason = LongWordsField(
        "Why?", description="A no needs a reason. Everyone around the plan can read it.", render_kw={"rows": 3}
    )


class SayForm(Form):
    """Words about a suggestion."""

    words = LongWordsField(
        "What do you want to say?",
        [InputRequired("Write what you want to say")],
        render_kw={"rows": 3},
    )


def can_be_suggested(name: str, value: object) -> bool:
    """Whether an exact value for this field can be typed on a page; others are said in a comment."""
    simple = isinstance(value, str | int | Enum | date) or value is None or name == "weeks"
    return simple and name not in NOT_OFFERED


def suggestion_form(item: Item, field: str) -> type[WhyForm]:
    """A form with the boxes that this value needs."""
    value = item.values[field]
    label = label_of(item.key, field)
    if field == "weeks":
        boxes: dict[str, Any] = {
            f"value_{k}": DurationField(f"Week {k}", [InputRequired("Say how long, or 0")]) for k in range(1, 5)
        }
    else:
        boxes = {"value": _box(field, value, label)}
    return type("SuggestionForm", (WhyForm,), boxes)


def filled(item: Item, field: str) -> dict[str, Any]:
    """What the boxes show at first: what the plan says now."""
    value = item.values[field]
    if field == "weeks":
        return {f"value_{k}": minutes for k, minutes in enumerate(value, 1)}
    return {"value": _shown(value)}


def typed_value(form: Any, item: Item, field: str) -> Any:
    """What was typed, as the plan's JSON holds it."""
    if field == "weeks":
        return [form[f"value_{k}"].data for k in range(1, 5)]
    data = form["value"].data
    if isinstance(item.values[field], bool):
        return data == "yes"
    return data.isoformat() if isinstance(data, date) else data


def _box(field: str, value: object, label: str) -> Any:
    if isinstance(value, bool):
        return RadioField(label, choices=choices([("yes", "Yes"), ("no", "No")]))
    if isinstance(value, Enum):
        return RadioField(label, choices=of_kind(type(value)))
    if field in DATES:
        return DayField(label, description="For example 21 11 2026")
    if field.endswith("_pence"):
        return PoundsField(label)
    if field in MINUTE_FIELDS:
        return DurationField(label)
    if isinstance(value, int) or field in ("importance", "confidence"):
        return IntegerField(label, [Optional()])
    return LongWordsField(label, render_kw={"rows": 4})


def _shown(value: object) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.value if isinstance(value, Enum) else value

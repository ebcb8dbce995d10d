"""The form of an instruction: steps, what is normal, what to write down, with what."""

from decimal import Decimal, InvalidOperation
from typing import Any

from wtforms import FieldList, FormField, RadioField
from wtforms.validators import InputRequired, Length

from careplan.delegation.domain.delegation import Instruction, NormalRange
from careplan.delegation.service import NewInstruction
from careplan.kernel.errors import Invalid, Problem
from careplan.web.forms import Form, LongWordsField, WordsField, choices

LONGEST = 4000
AT_MOST = Length(max=LONGEST)
RANGES = 3
YES_NO = (("yes", "Yes, every worker is confirmed again first"), ("no", "No, what workers do stays the same"))


class RangeForm(Form):
    """What one reading normally lies between; left empty, there is none."""

    class Meta(Form.Meta):
        csrf = False

    name = WordsField("What is measured?", [Length(max=100)], description="For example: oxygen")
    unit = WordsField("In which unit?", [Length(max=40)], render_kw={"width": 5})
    low = WordsField("Lowest normal", [Length(max=20)], render_kw={"width": 5, "inputmode": "decimal"})
    high = WordsField("Highest normal", [Length(max=20)], render_kw={"width": 5, "inputmode": "decimal"})


class InstructionForm(Form):
    """How the activity is done, one version."""

    steps = LongWordsField(
        "What does the worker do?", [InputRequired("Write at least one step"), AT_MOST],
        description="One step a line. We number them.", render_kw={"rows": 6},
    )  # fmt: skip
    record_what = WordsField(
        "What does the worker write down?", [InputRequired("Say what the worker writes down"), Length(max=500)]
    )
    ranges = FieldList(FormField(RangeForm), min_entries=RANGES, max_entries=RANGES)
    equipment = LongWordsField("Which equipment is used?", [AT_MOST], render_kw={"rows": 2})


class NewVersionForm(InstructionForm):
    """A further version of an instruction."""

    reconfirm = RadioField(
        "Do workers need to be confirmed again?", [InputRequired("Say whether workers are confirmed again")],
        choices=choices(YES_NO), description="With other equipment they always do.",
    )  # fmt: skip
    change_reason = LongWordsField(
        "Why does it change? If nobody is confirmed again, why not?", [Length(max=500)], render_kw={"rows": 2}
    )
    next_occasion = WordsField(
        "Until they are confirmed: who does it next?", [Length(max=500)],
        description="Left empty, your team does.",
    )  # fmt: skip


def typed_of(latest: Instruction) -> dict[str, Any]:
    """What a form shows at first: the instruction as it stands."""
    return {
        "steps": "\n".join(latest.steps),
        "record_what": latest.record_what,
        "equipment": latest.equipment,
        "ranges": [
            {"name": r.name, "unit": r.unit, "low": _shown(r.low), "high": _shown(r.high)} for r in latest.ranges
        ],
    }


def instruction_of(form: InstructionForm) -> NewInstruction:
    """What the form says.  Raises Invalid."""
    reconfirm = getattr(form, "reconfirm", None)
    reason = getattr(form, "change_reason", None)
    return NewInstruction(
        steps=tuple(line.strip() for line in said(form.steps).split("\n") if line.strip()),
        ranges=_ranges(form),
        record_what=said(form.record_what),
        needs_reconfirmation=reconfirm is None or reconfirm.data == "yes",
        change_reason=reason.data or None if reason is not None else None,
        equipment=said(form.equipment),
    )


def said(field: Any) -> str:
    """What was typed, or nothing."""
    return str(field.data or "")


def refuse_at(field: Any, words: str) -> Invalid:
    """Marks a field of a row, and gives what to raise: the whole form knows the list that the row is in."""
    field.errors = [*field.errors, words]
    return Invalid(words, problems=(Problem(str(field.name).split("-")[0], words),))


def _ranges(form: InstructionForm) -> tuple[NormalRange, ...]:
    return tuple(_range(row.form) for row in form.ranges if any(f.data for f in row.form))


def _range(row: Any) -> NormalRange:
    if not row["name"].data:
        raise refuse_at(row["name"], "Say what is measured.")
    if not row.unit.data:
        raise refuse_at(row.unit, "Say in which unit it is measured.")
    found = NormalRange(row["name"].data, row.unit.data, _number(row.low), _number(row.high))
    if found.low is not None and found.high is not None and found.low > found.high:
        raise refuse_at(row.high, f"The lowest normal {found.name} lies above the highest.")
    return found


def _number(field: Any) -> Decimal | None:
    if not field.data:
        return None
    try:
        number = Decimal(field.data)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise refuse_at(field, "Type a number, such as 92 or 4.5.")
    return number


def _shown(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"

"""Forms of endings: what happened, and that it was a mistake."""

from datetime import datetime

from wtforms import RadioField
from wtforms.validators import InputRequired, Length

from careplan.endings.domain.ending import WORDS, EndingKind, NewEnding
from careplan.kernel.clock import at_local
from careplan.web.forms import ClockField, DayField, Form, LongWordsField, WordsField, choices

SHORT, LONG = Length(max=200), Length(max=2_000)


class EndingForm(Form):
    """What happened, when, and who said so."""

    kind = RadioField(
        "What happened?",
        [InputRequired("Choose what happened")],
        choices=choices((k.value, words) for k, words in WORDS.items()),
    )
    day = DayField("On which day?", [InputRequired("Type the day")], description="For example 21 11 2026")
    time = ClockField(
        "At what time?",
        [InputRequired("Type the time, as near as you know")],
        description="By the 24 hour clock, such as 14:15. Visits from then on are called off.",
    )
    told_by = WordsField(
        "Who told you?", [SHORT], description="Their name, and who they are to the person.", render_kw={"width": 30}
    )
    moved_to = WordsField(
        "Where do they move to?",
        [SHORT],
        description="For a care home or a move: its name and town.",
        render_kw={"width": 30},
    )
    capacity = LongWordsField(
        "How do you know that they can decide this?",
        [LONG],
        description="If they no longer want the care: what you asked, and what they said.",
        render_kw={"rows": 3},
    )
    equipment = LongWordsField(
        "What is to be collected?", [LONG], description="Beds, hoists, alarms, key safes: one on each line.",
        render_kw={"rows": 3},
    )  # fmt: skip

    def said(self) -> NewEnding:
        """What was typed, once the form is whole."""
        return NewEnding(
            kind=EndingKind(self.kind.data),
            ends_at=self._ends_at(),
            told_by=self.told_by.data or "",
            moved_to=self.moved_to.data or "",
            capacity=self.capacity.data or "",
            equipment=tuple((self.equipment.data or "").splitlines()),
        )

    def _ends_at(self) -> datetime:
        time = self.time.data
        assert time is not None  # noqa: S101  it narrows the type: a whole form has it
        return at_local(self.day.data, time)


class InErrorForm(Form):
    """Why an ending should never have been written."""

    reason = LongWordsField(
        "What was wrong?",
        [InputRequired("Say what was wrong. It stays on the record."), LONG],
        description="For example: the wrong person, or the wrong date.",
        render_kw={"rows": 3},
    )

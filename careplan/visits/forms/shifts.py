"""Forms by which a shift is planned and down time is logged."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from wtforms import HiddenField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange

from careplan.kernel.clock import at_local
from careplan.visits.domain.shift import USE_WORDS
from careplan.web.forms import ClockField, DayField, Form, WordsField, choices

A_DAY = timedelta(days=1)


class ShiftForm(Form):
    """Whose shift, on which day, from when until when."""

    worker = SelectField("Who?", [InputRequired("Choose who")], choices=[])
    day = DayField("Which day?", [InputRequired("Type the day")], description="For example 21 11 2026")
    starts = ClockField(
        "It begins at", [InputRequired("Say when it begins")], description="24 hour clock, such as 07:00"
    )
    ends = ClockField("It ends at", [InputRequired("Say when it ends")], description="After midnight is the next day.")

    def offer(self, workers: Mapping[UUID, str]) -> None:
        """Who can be chosen."""
        self.worker.choices = choices([("", "Choose one"), *((str(i), name) for i, name in workers.items())])

    def times(self) -> tuple[datetime, datetime]:
        """When it begins and ends, once the form is valid."""
        starts, ends = self.starts.data, self.ends.data
        assert starts is not None  # noqa: S101  both fields are required
        assert ends is not None  # noqa: S101  the same
        last = self.day.data + A_DAY if ends <= starts else self.day.data
        return at_local(self.day.data, starts), at_local(last, ends)


class DowntimeForm(Form):
    """How long, and what it served."""

    record = HiddenField()
    use = RadioField(
        "What was the time for?",
        [InputRequired("Choose what it was for")],
        choices=choices((use.value, words) for use, words in USE_WORDS.items()),
    )
    minutes = IntegerField(
        "How many minutes?", [InputRequired("Say how many minutes"), NumberRange(1, 24 * 60)], description="Such as 20"
    )
    note = WordsField("A few words, if you like", [Length(max=500)])

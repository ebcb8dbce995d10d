"""Forms for what follows: an incident, a review."""

from wtforms import RadioField
from wtforms.validators import InputRequired, Length, Optional

from careplan.delegation.domain.incident import IncidentEvent
from careplan.delegation.domain.review import Decision
from careplan.web.forms import DayField, Form, LongWordsField, WordsField, choices

STAYS = (("yes", "Yes, the worker stays suspended"), ("no", "No, once a nurse has found the worker able again"))


class FollowForm(Form):
    """One thing that was done about an incident."""

    event = RadioField("What are you writing down?", [InputRequired("Choose one")], choices=[])
    words = LongWordsField("In a sentence or two", [InputRequired("Write it down"), Length(max=4000)])
    stays = RadioField("If that is about the worker: do they stay suspended?", [Optional()], choices=choices(STAYS))

    @property
    def suspended(self) -> bool | None:
        """Said only where the worker is what it is about."""
        asked = self._fields.get("stays")
        if self.event.data != IncidentEvent.DECIDE or asked is None or not asked.data:
            return None
        return bool(asked.data == "yes")


class ReviewForm(Form):
    """A review of a delegation."""

    held_on = DayField("When did you look at it?", [InputRequired("Type the day of the review")])
    findings = LongWordsField("What did you find?", [InputRequired("Say what you found"), Length(max=4000)])
    decision = RadioField(
        "Does it go on?", [InputRequired("Choose one")], choices=choices((d.value, d.words) for d in Decision)
    )
    next_on = DayField("If it goes on: when do you look at it again?", [Optional()])
    next_occasion = WordsField("If it stops: who does it next?", [Length(max=500)])

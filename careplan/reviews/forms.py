"""The form by which a review is written down."""

from typing import Any

from wtforms import RadioField
from wtforms.validators import InputRequired, Optional

from careplan.kernel.minutes import Minutes
from careplan.kernel.money import Pence
from careplan.reviews.domain.review import Figures, Kind, Met, Reason, Said
from careplan.web.forms import DayField, DurationField, Form, LongWordsField, choices
from careplan.web.pounds import PoundsField

KEEP, WRITE = "keep", "write"
NOTHING_CHOSEN = ""


class ReviewForm(Form):
    """What was said at a review and what comes of it; nothing is chosen beforehand."""

    kind = RadioField(
        "Which kind of review was it?",
        [InputRequired("Choose which kind")],
        choices=choices((kind.value, kind.words) for kind in Kind),
    )
    reason = RadioField(
        "If it was unplanned: why was it held?",
        [Optional()],
        choices=choices((reason.value, reason.words) for reason in Reason),
    )
    held_on = DayField(
        "On which day was it held?", [InputRequired("Say on which day")], description="For example 21 11 2026"
    )
    took_part = LongWordsField("Who took part?", [InputRequired("Say who took part")], render_kw={"rows": 2})
    words = LongWordsField("What was said?", [InputRequired("Write what was said")], render_kw={"rows": 6})
    met = RadioField(
        "If it was planned: are the outcomes met?",
        [Optional()],
        choices=choices((met.value, met.words) for met in Met),
    )
    next_on = DayField("If it was planned: when is the next review?", description="Within 12 months.")
    pence_after = PoundsField("What should the care cost each week from now on?", [Optional()])
    minutes_after = DurationField(
        "How much care should there be each week from now on?", [InputRequired("Say how long, or 0")]
    )
    then = RadioField(
        "What comes of it?",
        [InputRequired("Choose what comes of it")],
        choices=choices([(KEEP, "The plan stays as it is"), (WRITE, "The next version is written")]),
    )

    @property
    def said(self) -> Said:
        """What was written, once the form is valid."""
        pence: Any = self.pence_after.data
        return Said(
            kind=Kind(self.kind.data),
            held_on=self.held_on.data,
            took_part=self.took_part.data or "",
            words=self.words.data or "",
            after=Figures(Pence(pence) if pence is not None else None, Minutes(self.minutes_after.data or 0)),
            reason=Reason(self.reason.data) if self.reason.data else None,
            met=Met(self.met.data) if self.met.data else None,
            next_on=self.next_on.data,
        )

"""Forms of the hours pages."""

from typing import Any
from uuid import UUID

from wtforms import HiddenField, RadioField, ValidationError
from wtforms.validators import InputRequired, Length

from careplan.hours.domain.contingency import DrawRequest
from careplan.hours.domain.terms import Assessed, ContingencyTerms
from careplan.kernel.errors import invalid
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes
from careplan.web.forms import DurationField, Form, LongWordsField, choices

SOMETHING_ELSE = "something-else"
LONGEST_TEXT = 4000


class ContingencyForm(Form):
    """Asks for contingency. What the plan did not assess can be said too: the answer then says what it did assess."""

    id = HiddenField()
    visit = HiddenField()
    circumstance = RadioField("What happened?", validate_choice=False)
    service = RadioField("What was the extra time for?", validate_choice=False)
    exceptional = LongWordsField(
        "What was different this time?",
        description="Contingency is for what is exceptional. One or two sentences are enough.",
        validators=[Length(max=LONGEST_TEXT, message="Use at most 4,000 letters")],
        render_kw={"rows": 4},
    )
    minutes = DurationField("How much time?", validators=[InputRequired("Say how much time was needed")])

    def offer(self, terms: ContingencyTerms | None) -> None:
        """Offers what the plan assessed, and something else; a fresh form gets an id, so that it counts once."""
        self.circumstance.choices = _offered(terms.circumstances if terms else ())
        self.service.choices = _offered(terms.services if terms else ())
        if not self.id.data:
            self.id.data = str(new_id())

    def validate_minutes(self, field: Any) -> None:
        if field.data is not None and field.data < 1:
            raise ValidationError("Ask for at least one minute")

    def as_request(self) -> DrawRequest:
        """What the form asks for.  Raises Invalid where its hidden ids were tampered with."""
        return DrawRequest(
            id=_id(self.id.data),
            circumstance=self.circumstance.data or "",
            service=self.service.data or "",
            exceptional=self.exceptional.data or "",
            minutes=Minutes(self.minutes.data or 0),
            visit_id=_id(self.visit.data) if self.visit.data else None,
        )


class RefusalForm(Form):
    """Refuses a request, with the reason that the one who asked will read."""

    reason = LongWordsField(
        "Why not?", validators=[Length(max=LONGEST_TEXT, message="Use at most 4,000 letters")], render_kw={"rows": 2}
    )


def _offered(items: tuple[Assessed, ...]) -> Any:
    return choices([*((i.slug, i.words) for i in items), (SOMETHING_ELSE, "Something else")])


def _id(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        raise invalid("id", "This form has lost its number. Open the page again.") from None

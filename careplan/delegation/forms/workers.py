"""Forms about workers: trained, observed, found able, confirmed again; and about stopping."""

from uuid import UUID

from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired, Length

from careplan.delegation.domain.workers import PreparationKind
from careplan.delegation.service import Prepared
from careplan.web.forms import DayField, Form, LongWordsField, WordsField, choices

KINDS = (
    (PreparationKind.TRAINED.value, "The worker was trained in this instruction"),
    (PreparationKind.OBSERVED.value, "The worker was watched doing it by this instruction"),
)


class PreparationForm(Form):
    """That a worker was trained or observed."""

    worker_id = SelectField("Which worker?", [InputRequired("Choose the worker")], choices=[])
    kind = RadioField("What happened?", [InputRequired("Say what happened")], choices=choices(KINDS))
    day = DayField("On which day?", [InputRequired("Type the day")])
    by_whom = WordsField(
        "By whom?",
        [InputRequired("Say by whom"), Length(max=200)],
        description="Name and job, such as: Ann Lee, trainer",
    )
    words = LongWordsField("What did they see?", [Length(max=2000)], render_kw={"rows": 3})


class AssessForm(Form):
    """That a worker was found able to do it."""

    worker_id = SelectField("Which worker?", [InputRequired("Choose the worker")], choices=[])
    starts_on = DayField("May do it from", [InputRequired("Type the first day")])
    ends_on = DayField("Until", [InputRequired("Type the last day")])


class ReconfirmForm(Form):
    """That a worker was found able again."""

    ends_on = DayField("May do it until", [InputRequired("Type the last day")])


class StopForm(Form):
    """Why it stops, and who does the next one."""

    reason = WordsField("Why?", [InputRequired("Say why"), Length(max=500)])
    next_occasion = WordsField("Who does it next?", [InputRequired("Say who does it next"), Length(max=500)])


def prepared_of(form: PreparationForm) -> Prepared:
    """What the form says."""
    return Prepared(
        worker_id=UUID(form.worker_id.data),
        kind=PreparationKind(form.kind.data),
        day=form.day.data,
        by_whom=form.by_whom.data or "",
        words=form.words.data or "",
    )

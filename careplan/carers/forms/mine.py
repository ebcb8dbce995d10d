"""The carer's own forms, in plain words."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectMultipleField
from wtforms.validators import InputRequired

from careplan.assessments.domain.content import Answer
from careplan.carers.domain.carer import Details
from careplan.carers.domain.consent import SHARED_WITH, Matter, Standing
from careplan.carers.forms.caring import FormOfCaring
from careplan.web.forms import Form, LongWordsField, WordsField, choices

MY_ANSWERS = {Answer.YES: _("Yes"), Answer.NO: _("No"), Answer.NOT_ASKED: _("I have not said yet")}
WHO_MAY_READ = {
    Matter.PERSON: _("The person I look after"),
    Matter.REPRESENTATIVE: _("Those who act for them"),
    Matter.PROVIDER: _("The care firm that comes to them"),
}


class MyDetailsForm(Form):
    """How to reach me and how to talk with me."""

    name = WordsField(_("My name"), [InputRequired(_("Write your name"))], render_kw={"autocomplete": "name"})
    phone = WordsField(_("My phone"), render_kw={"autocomplete": "tel", "width": 20})
    email = WordsField(_("My email"), render_kw={"autocomplete": "email"})
    address = LongWordsField(_("Where I live"), render_kw={"rows": 3})
    communicate = LongWordsField(
        _("How best to talk with me"), description=_("Such as when to ring, or what helps you."), render_kw={"rows": 2}
    )

    def details(self, *, stands: Details) -> Details:
        """What was typed; what the carer is to the person stays as it stands."""
        return Details(
            name=self.name.data or "",
            relation=stands.relation,
            phone=self.phone.data or "",
            email=self.email.data or "",
            address=self.address.data or "",
            communicate=self.communicate.data or "",
        )


class MyCaringForm(FormOfCaring):
    """What I do, how it is for me, and what I can go on doing."""

    what = LongWordsField(
        _("What do you do?"), description=_("Such as cooking, lifting, or being there at night."), render_kw={"rows": 4}
    )
    how_it_is = LongWordsField(
        _("How is it for you?"), description=_("How you sleep, how you feel, and what you miss."), render_kw={"rows": 4}
    )
    willing = RadioField(
        _("Can you go on, and do you want to?"),
        choices=choices((a.value, said) for a, said in MY_ANSWERS.items()),
        default=Answer.NOT_ASKED.value,
        render_kw={"inline": True},
    )
    willing_words = LongWordsField(_("What can you go on doing?"), render_kw={"rows": 3})
    not_willing = LongWordsField(
        _("What can you not do, or not want to do?"),
        description=_("You do not have to do it all."),
        render_kw={"rows": 3},
    )


class MySharingForm(Form):
    """Who may read my plan; nobody is chosen beforehand."""

    shared = SelectMultipleField(
        _("Who may read your plan as a carer?"),
        description=_("They read the plan and nothing else. Leave all of them empty to keep it to yourself."),
        choices=choices((m.value, WHO_MAY_READ[m]) for m in SHARED_WITH),
    )

    @staticmethod
    def filled(standing: Standing) -> dict[str, Any]:
        """What the carer has chosen."""
        return {"shared": [m.value for m in standing.shared]}

    def chosen(self) -> frozenset[Matter]:
        """Whom the carer chooses now."""
        return frozenset(Matter(value) for value in self.shared.data or ())

"""Forms of transfers: for one person, for many, what the person said, and why it is given up."""

from collections.abc import Iterable
from uuid import UUID

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import InputRequired, Length

from careplan.organisations.domain.organisation import Organisation
from careplan.organisations.domain.zone import Zone
from careplan.transfers.domain.transfer import WORDS, Reason
from careplan.transfers.service.acting import NewAct
from careplan.transfers.service.asking import Said
from careplan.transfers.service.beginning import NewTransfer
from careplan.web.forms import DayField, Form, LongWordsField, WordsField, choices

SHORT, LONG = Length(max=200), Length(max=4_000)
CHOOSE = ("", "Choose one")
FOR_EXAMPLE = "For example 21 11 2026"
AT_ONCE = (
    "Only where the provider cannot go on. An interim plan then lets the new provider begin as soon as council and "
    "provider have agreed. Type the day on which the person was told."
)


class TransferForm(Form):
    """To whom one person's care goes, why, and from when."""

    to_provider = SelectField("Who gives the care from then on?", [InputRequired("Choose the new provider")])
    reason = RadioField(
        "Why does it move?",
        [InputRequired("Choose why")],
        choices=choices((r.value, words) for r, words in WORDS.items()),
    )
    why = LongWordsField(
        "More about why", [LONG], description="Needed where it is something else.", render_kw={"rows": 3}
    )
    changes_on = DayField(
        "First day with the new provider", [InputRequired("Type the first day")], description=FOR_EXAMPLE
    )
    told_on = DayField("Must care go on at once?", description=AT_ONCE)

    def offer(self, providers: Iterable[Organisation]) -> None:
        """Which providers there are."""
        self.to_provider.choices = choices([CHOOSE, *((str(p.id), p.name) for p in providers)])

    def said(self) -> NewTransfer:
        """What was typed, once the form is whole."""
        return NewTransfer(
            to_provider_id=UUID(self.to_provider.data),
            reason=Reason(self.reason.data),
            changes_on=self.changes_on.data,
            why=self.why.data or "",
            told_on=self.told_on.data,
        )


class ActForm(TransferForm):
    """The same for everybody to whom a provider gives care, in a zone or everywhere."""

    from_provider = SelectField("Who gives the care now?", [InputRequired("Choose the provider")])
    zone = SelectField("In which zone?", description="Leave it at everywhere unless it is about one zone.")

    def offer_many(self, providers: Iterable[Organisation], zones: Iterable[Zone]) -> None:
        """Which providers and zones there are."""
        known = list(providers)
        self.offer(known)
        self.from_provider.choices = choices([CHOOSE, *((str(p.id), p.name) for p in known)])
        self.zone.choices = choices([("", "Everywhere"), *((str(z.id), z.name) for z in zones)])

    def said_of_many(self) -> NewAct:
        """What was typed, once the form is whole."""
        one = self.said()
        return NewAct(
            from_provider_id=UUID(self.from_provider.data),
            to_provider_id=one.to_provider_id,
            reason=one.reason,
            changes_on=one.changes_on,
            why=one.why,
            zone_id=UUID(self.zone.data) if self.zone.data else None,
            told_on=one.told_on,
        )


class ConsultationForm(Form):
    """What the person said of the change, and what was done about an objection."""

    asked_on = DayField("When did you ask them?", [InputRequired("Type the day")], description=FOR_EXAMPLE)
    how = WordsField(
        "How did you ask them?", [SHORT], description="For example: at home, with her daughter there.",
        render_kw={"width": 30},
    )  # fmt: skip
    words = LongWordsField("What did they say?", [LONG], description="In their own words.", render_kw={"rows": 4})
    objects = BooleanField("They object to the change")
    done_about = LongWordsField(
        "What did you do about it?", [LONG], description="Needed where they object.", render_kw={"rows": 3}
    )

    def said(self) -> Said:
        """What was typed, once the form is whole."""
        return Said(
            asked_on=self.asked_on.data,
            how=self.how.data or "",
            words=self.words.data or "",
            objects=bool(self.objects.data),
            done_about=self.done_about.data or "",
        )


class GiveUpForm(Form):
    """Why a transfer comes to nothing."""

    reason = LongWordsField("Why is it given up?", [InputRequired("Say why"), LONG], render_kw={"rows": 3})


class NoteForm(Form):
    """What the other side needs to know."""

    words = LongWordsField(
        "What does the other side need to know?", [LONG], description="The other provider reads it.",
        render_kw={"rows": 4},
    )  # fmt: skip

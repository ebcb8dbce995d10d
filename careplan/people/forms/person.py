"""The person's own details, to enter them and to correct them."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any
from uuid import UUID

from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Length

from careplan.organisations.domain.organisation import Organisation
from careplan.people.domain.details import PersonDetails
from careplan.people.domain.language import LANGUAGES
from careplan.people.domain.letters import LetterFormat
from careplan.people.domain.person import Gender
from careplan.web.forms import DayField, Form, LongWordsField, WordsField, choices

NOT_ASKED = "not_asked"
ANSWERS = {NOT_ASKED: None, "yes": True, "no": False}
SHORT = Length(max=100, message="Keep this to 100 characters")
LONG = Length(max=2000, message="Keep this to 2,000 characters")
GENDERS = choices(
    [
        (Gender.FEMALE.value, "Female"),
        (Gender.MALE.value, "Male"),
        (Gender.OTHER.value, "Other"),
        (Gender.UNKNOWN.value, "Not known"),
    ]
)


def yes_no_field(label: str) -> RadioField:
    """Yes, no, or not asked: the last is not a no."""
    offered = choices([("yes", "Yes"), ("no", "No"), (NOT_ASKED, "Not asked yet")])
    return RadioField(label, choices=offered, default=NOT_ASKED, render_kw={"inline": True})


class PersonForm(Form):
    """Everything on a person's own row; only the name is needed."""

    given_name = WordsField("Given name", [SHORT], render_kw={"width": 20})
    family_name = WordsField("Family name", [SHORT], render_kw={"width": 20})
    preferred_name = WordsField("What they like to be called", [SHORT], render_kw={"width": 20})
    birth_date = DayField("Date of birth", description="For example 9 3 1942. Leave it empty if it is not known.")
    gender = RadioField("Gender", choices=GENDERS, default=Gender.UNKNOWN.value, render_kw={"inline": True})
    nhs_number = WordsField(
        "NHS number",
        [SHORT],
        description="10 digits, such as 999 000 0018. Leave it empty if you do not have it: care can start without it.",
        render_kw={"width": 20, "inputmode": "numeric", "spellcheck": False},
    )
    nhs_number_traced = BooleanField("The number was traced with the national service")
    language = SelectField("Language they speak best", default="")
    interpreter_needed = yes_no_field("Do they need an interpreter?")
    lives_alone = yes_no_field("Do they live alone?")
    phone = WordsField("Telephone", [SHORT], render_kw={"width": 20, "type": "tel"})
    email = WordsField("Email", [SHORT], render_kw={"width": 30, "type": "email", "spellcheck": False})
    gp_organisation_id = SelectField("GP practice", default="")
    communication_note = LongWordsField(
        "How to communicate with them",
        [LONG],
        description="For example: hard of hearing, face her and speak slowly.",
        render_kw={"rows": 3},
    )

    letter_format = SelectField("How they want letters and plans", default="")

    def offer(self, practices: Iterable[Organisation]) -> "PersonForm":
        """Fills the lists to choose from."""
        self.language.choices = choices([("", "Not known"), *LANGUAGES.items()])
        self.gp_organisation_id.choices = choices([("", "Not known"), *((str(p.id), p.name) for p in practices)])
        self.letter_format.choices = choices([("", "Nothing said"), *((f.value, f.words) for f in LetterFormat)])
        return self

    def details(self) -> PersonDetails:
        """What was typed, as the service takes it."""
        return PersonDetails(
            given_name=self.given_name.data or "",
            family_name=self.family_name.data or "",
            preferred_name=self.preferred_name.data,
            nhs_number=self.nhs_number.data,
            nhs_number_traced=self.nhs_number_traced.data,
            birth_date=self.birth_date.data,
            gender=Gender(self.gender.data),
            phone=self.phone.data,
            email=self.email.data,
            language=self.language.data or None,
            interpreter_needed=ANSWERS[self.interpreter_needed.data],
            lives_alone=ANSWERS[self.lives_alone.data],
            gp_organisation_id=UUID(self.gp_organisation_id.data) if self.gp_organisation_id.data else None,
            communication_note=self.communication_note.data,
            letter_format=LetterFormat(self.letter_format.data) if self.letter_format.data else None,
        )


class NewPersonForm(PersonForm):
    """A person and where they live."""

    line1 = WordsField("House and street", [SHORT], render_kw={"autocomplete": "off"})
    town = WordsField("Town or village", [SHORT], render_kw={"width": 20})
    postcode = WordsField("Postcode", [SHORT], render_kw={"width": 10})

    @property
    def has_address(self) -> bool:
        return bool(self.line1.data or self.town.data or self.postcode.data)


class CorrectionForm(PersonForm):
    """The same, with a date of death and the reason for the change."""

    died_on = DayField("Date of death", description="Leave it empty unless the person has died.")
    reason = WordsField("Why do you change this?", [InputRequired("Say why. It stays on the record."), SHORT])
    based_on = HiddenField()

    def details(self) -> PersonDetails:
        typed = super().details()
        return PersonDetails(**{f.name: getattr(typed, f.name) for f in fields(typed)} | {"died_on": self.died_on.data})

    @staticmethod
    def filled(details: PersonDetails) -> dict[str, Any]:
        """What stands on the record, as the form shows it."""
        said = {value: word for word, value in ANSWERS.items()}
        shown = {f.name: getattr(details, f.name) for f in fields(details)}
        return shown | {
            "gender": details.gender.value,
            "language": details.language or "",
            "letter_format": details.letter_format.value if details.letter_format else "",
            "interpreter_needed": said[details.interpreter_needed],
            "lives_alone": said[details.lives_alone],
            "gp_organisation_id": str(details.gp_organisation_id or ""),
        }

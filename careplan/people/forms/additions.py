"""The small forms that add one thing to a person's record."""

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import InputRequired

from careplan.people.domain.allergy import AllergyStatus
from careplan.people.domain.authority import AuthorityKind
from careplan.people.domain.contact import Relation
from careplan.people.forms.person import LONG, SHORT
from careplan.web.forms import DayField, Form, LongWordsField, WordsField, choices

CHOOSE = ("", "Choose one")
RELATIONS = choices([CHOOSE, *((r.value, r.words.capitalize()) for r in Relation)])
AUTHORITIES = choices((k.value, k.words.capitalize()) for k in AuthorityKind)
ALLERGY_ANSWERS = choices(
    [
        (AllergyStatus.PRESENT.value, "Has an allergy"),
        (AllergyStatus.NONE_KNOWN.value, "Asked: none known"),
        (AllergyStatus.NOT_ASKED.value, "Not asked yet"),
    ]
)


class AddressForm(Form):
    """Where the person lives, or will live, or lived."""

    line1 = WordsField("House and street", [SHORT])
    line2 = WordsField("More of the address", [SHORT])
    town = WordsField("Town or village", [SHORT], render_kw={"width": 20})
    postcode = WordsField("Postcode", [SHORT], render_kw={"width": 10})
    starts_on = DayField("First day there", description="Leave it empty if it is not known.")
    ends_on = DayField("Last day there", description="Leave it empty while they live there.")


class WayInForm(Form):
    """How a worker gets in."""

    words = LongWordsField(
        "How does a worker get in?",
        [LONG],
        description="For example: key safe to the left of the back door; ring first and wait.",
        render_kw={"rows": 3},
    )
    key_safe_code = WordsField(
        "Code of the key safe",
        [SHORT],
        description="It is shown only to who asks for it, and each look is written down.",
        render_kw={"width": 10, "autocomplete": "off", "spellcheck": False},
    )


class ContactForm(Form):
    """Family, a friend or a neighbour."""

    name = WordsField("Their name", [SHORT], render_kw={"width": 20})
    relation = SelectField("What they are to the person", [InputRequired("Choose what they are to the person")])
    phone = WordsField("Telephone", [SHORT], render_kw={"width": 20, "type": "tel"})
    is_next_of_kin = BooleanField("Next of kin")
    is_emergency = BooleanField("To be called in an emergency")
    starts_on = DayField("From", description="Leave it empty if it has always been so.")
    ends_on = DayField("Until", description="Leave it empty while it goes on.")


class CarerForm(Form):
    """A contact who cares without pay."""

    contact_id = SelectField("Who cares?", [InputRequired("Choose a contact")])
    starts_on = DayField("Since when?", [InputRequired("Say since when; the day need not be exact")])
    agreed_words = LongWordsField(
        "May they see the record?",
        [LONG],
        description="What the person said when they agreed. Empty: they did not, and the carer sees nothing.",
        render_kw={"rows": 2},
    )


class AuthorityForm(Form):
    """Somebody who may act for the person."""

    contact_id = SelectField("Who acts for the person?", [InputRequired("Choose a contact")])
    kind = RadioField("As what?", [InputRequired("Choose one")], choices=AUTHORITIES)
    scope = LongWordsField("What the document says that they may decide", [LONG], render_kw={"rows": 2})
    leaves_out_care = BooleanField("The document leaves decisions about care out")
    registration_seen_on = DayField(
        "On which day did you see that it is registered?",
        description="Leave it empty if you have not. Until then they cannot sign.",
    )
    starts_on = DayField("In force from", [InputRequired("Say from which day it is in force")])
    ends_on = DayField("In force until", description="Leave it empty if it has no end.")


class AllergyForm(Form):
    """What is known about allergies."""

    status = RadioField("What is known?", [InputRequired("Choose one")], choices=ALLERGY_ANSWERS)
    substance = WordsField(
        "What are they allergic to?", [SHORT], description="For an allergy only, such as penicillin."
    )
    reaction = WordsField("What happens?", [SHORT], description="Such as a rash, or trouble with breathing.")


class AdjustmentForm(Form):
    """What has to be done differently."""

    words = LongWordsField(
        "What has to be done differently?",
        [LONG],
        description="For example: letters in large print.",
        render_kw={"rows": 2},
    )
    starts_on = DayField("From", description="Leave it empty for today.")


class MemberForm(Form):
    """Who joins the partnership; its one value holds both what they do and who they are."""

    party = SelectField("Who joins?", [InputRequired("Choose who joins")])


class ReasonForm(Form):
    """Why something ends or was wrong."""

    reason = WordsField("Why?", [InputRequired("Say why. It stays on the record."), SHORT])


class LastDayForm(ReasonForm):
    """Until when, and why."""

    ends_on = DayField("What is the last day?", [InputRequired("Say which day is the last")])


class DayForm(Form):
    """On which day something was seen."""

    seen_on = DayField("On which day did you see it?", [InputRequired("Say on which day you saw it")])

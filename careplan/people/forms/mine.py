"""What a person writes and chooses on their own pages."""

from dataclasses import fields

from wtforms import HiddenField
from wtforms.validators import Length

from careplan.people.domain.about_me import LONGEST, PARTS, AboutSections
from careplan.web.forms import Form, LongWordsField

SHORT_ENOUGH = Length(max=LONGEST, message=f"Keep this to {LONGEST} characters")

HINTS = {
    "most_important": "The things that make a day a good day.",
    "people_important": "Who they are, and how you keep in touch.",
    "communicate": "For example: face me, and speak slowly.",
    "wellness": "How you are on a good day, and what a bad day looks like.",
    "please_do": "What you want people to do when they come.",
    "please_do_not": "What upsets you or gets in your way.",
    "how_to_support": "What you do yourself, and when you want a hand.",
    "also_worth_knowing": "Your work, your family, your football team.",
    "supported_by": "Leave it empty if you wrote it by yourself.",
}
QUESTIONS = {name: (label, HINTS[name]) for name, label in PARTS.items()}


def _question(name: str) -> LongWordsField:
    label, hint = QUESTIONS[name]
    return LongWordsField(label, [SHORT_ENOUGH], description=hint, render_kw={"rows": 3})


class AboutForm(Form):
    """About me, part by part."""

    most_important = _question("most_important")
    people_important = _question("people_important")
    communicate = _question("communicate")
    wellness = _question("wellness")
    please_do = _question("please_do")
    please_do_not = _question("please_do_not")
    how_to_support = _question("how_to_support")
    also_worth_knowing = _question("also_worth_knowing")
    supported_by = _question("supported_by")
    based_on = HiddenField()

    def sections(self) -> dict[str, str]:
        """What was written, by the names of the parts."""
        return {f.name: self[f.name].data or "" for f in fields(AboutSections)}


class ObjectionForm(Form):
    """Why the person objects, if they want to say."""

    words = LongWordsField(
        "Do you want to say why?",
        [Length(max=2000, message="Keep this to 2,000 characters")],
        description="You do not have to.",
        render_kw={"rows": 3},
    )

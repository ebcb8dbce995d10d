"""What the council's form and the carer's own hold of caring: other words for one and the same thing."""

from typing import Any

from wtforms import Field

from careplan.assessments.domain.content import Answer
from careplan.carers.domain.carer import Caring
from careplan.web.forms import Form


class FormOfCaring(Form):
    """A form with these fields, whatever it calls them on the page."""

    what: Field
    how_it_is: Field
    willing: Field
    willing_words: Field
    not_willing: Field

    @staticmethod
    def filled(caring: Caring) -> dict[str, Any]:
        """The fields' values for what stands."""
        return {name: getattr(caring, name) for name in caring.__dataclass_fields__} | {"willing": caring.willing.value}

    def caring(self) -> Caring:
        """What was typed."""
        return Caring(
            self.what.data or "",
            self.how_it_is.data or "",
            Answer(self.willing.data),
            self.willing_words.data or "",
            self.not_willing.data or "",
        )

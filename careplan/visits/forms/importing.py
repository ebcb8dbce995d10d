"""The form by which a file of visits is sent."""

from typing import Any

from wtforms import FileField, RadioField
from wtforms.validators import InputRequired, ValidationError

from careplan.visits.domain.importing import NotAFile, check_name, read_file
from careplan.visits.service import File
from careplan.web.forms import Form, choices

TRY, TAKE = "try", "take"


class ImportForm(Form):
    """Which file, and whether it is only tried."""

    file = FileField("Which file?", description="A CSV file, as spreadsheets save it")
    how = RadioField(
        "What shall happen?",
        [InputRequired("Choose what shall happen")],
        choices=choices([(TRY, "Only try it, and show what would come of it"), (TAKE, "Bring the visits in")]),
    )

    def validate_file(self, field: Any) -> None:
        if not getattr(field.data, "filename", ""):
            raise ValidationError("Choose a file")

    def sent(self) -> File:
        """The file, once the form is valid.  Raises NotAFile, Invalid."""
        if self.file.data is None:
            raise NotAFile("Choose a file.")
        return File(check_name(self.file.data.filename or ""), read_file(self.file.data.read()))

"""Amounts typed in pounds, kept as pence."""

import re
from typing import Any

from wtforms import StringField

POUNDS = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+|\d{1,6})(?:\.(\d{2}))?")


class PoundsField(StringField):  # type: ignore[misc]  # WTForms carries no types
    """Pounds and pence such as 42 or 42.50; its value is whole pence."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            return
        found = POUNDS.fullmatch(typed)
        if found is None:
            raise ValueError("Type an amount in pounds, such as 42 or 42.50")
        self.data = int(found[1].replace(",", "")) * 100 + int(found[2] or 0)

    def _value(self) -> Any:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data // 100}.{self.data % 100:02d}"

"""Tables for other programs: CSV as spreadsheets read it, in which nothing that somebody typed becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_answer(*, name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A file to download; its name holds nothing personal."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    answer = Response("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _cell(value: object) -> object:
    """A text that would be a formula is kept a text; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(BEGINS_A_FORMULA) else value

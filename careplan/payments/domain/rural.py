"""Rural places as a contract names them: the beginnings of postcodes, whole to the district or to the sector."""

import re

from careplan.kernel.errors import invalid

# NB7 is a district of an area; NB7 1 is a sector of it. The space tells NB7 1 from NB71.
START = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?( \d)?")
BETWEEN = re.compile(r"[,;\n]")


def postcode_starts(typed: str) -> tuple[str, ...]:
    """What was typed with commas between, in capitals, each once and in order.  Raises Invalid, naming what is none."""
    tidy = [" ".join(part.split()).upper() for part in BETWEEN.split(typed)]
    starts = sorted({start for start in tidy if start})
    wrong = [f"“{start}”" for start in starts if not START.fullmatch(start)]
    if wrong:
        is_none = "is not the beginning of a postcode" if len(wrong) == 1 else "are not beginnings of postcodes"
        raise invalid("rural", f"{', '.join(wrong)} {is_none}. Type such as NB7 or NB7 1, with commas between.")
    return tuple(starts)

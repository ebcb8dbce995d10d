"""The short form of a version's hash, as printed on a plan and typed by whoever checks it.

Sixteen hexadecimal digits are 64 bits: at the pace that is allowed nobody meets one of a million plans by guessing.
Papers printed earlier carry eight, which are still understood.
"""

import re

DIGITS = 16
FORMER_DIGITS = 8
WHOLE = 64
GROUP = 4
_BETWEEN = re.compile(r"[\s\-‐‑–—]+")
_HEX = re.compile(r"[0-9a-f]+")


def short_code(content_hash: str) -> str:
    """The first sixteen digits of a hash, in fours."""
    return in_fours(content_hash[:DIGITS])


def in_fours(digits: str) -> str:
    """Digits as they are printed: 'ab12-cd34-ef56-7890'."""
    return "-".join(digits[k : k + GROUP] for k in range(0, len(digits), GROUP))


def digits_of(typed: str) -> str | None:
    """The digits of a code as somebody typed it, in any spacing; None: it cannot be one."""
    digits = _BETWEEN.sub("", typed).lower()
    return digits if len(digits) in (FORMER_DIGITS, DIGITS, WHOLE) and _HEX.fullmatch(digits) else None

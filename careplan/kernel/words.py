"""How durations, days, times and money are said on every page, in every PDF and message."""

from datetime import date, datetime

from careplan.kernel.clock import local_time


def duration(minutes: int) -> str:
    """'12 hours 30 minutes', '1 hour', '45 minutes', 'no time'."""
    if minutes < 0:
        return f"minus {duration(-minutes)}"
    hours, rest = divmod(minutes, 60)
    parts = [_counted(hours, "hour")] * bool(hours) + [_counted(rest, "minute")] * bool(rest)
    return " ".join(parts) or "no time"


def short_duration(minutes: int) -> str:
    """'12 h 30 min', '1 h', '45 min', '0 min', for tables."""
    if minutes < 0:
        return f"−{short_duration(-minutes)}"
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest or not hours)
    return " ".join(parts)


def day(value: date | datetime) -> str:
    """'Saturday 21 November 2026'; an instant is said by its London date."""
    local = local_time(value) if isinstance(value, datetime) else value
    return f"{local:%A} {local.day} {local:%B %Y}"


def short_day(value: date | datetime) -> str:
    """'21 November 2026'."""
    local = local_time(value) if isinstance(value, datetime) else value
    return f"{local.day} {local:%B %Y}"


def clock_time(instant: datetime) -> str:
    """'08:04' on London's clocks."""
    return f"{local_time(instant):%H:%M}"


def money(pence: int) -> str:
    """'£1,234.05'."""
    sign = "−" if pence < 0 else ""
    pounds, rest = divmod(abs(pence), 100)
    return f"{sign}£{pounds:,}.{rest:02d}"


def spaced_nhs_number(digits: str) -> str:
    """'999 123 4567': three, three, four."""
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if len(digits) == 10 else digits


def listed(words: list[str], joint: str = "and") -> str:
    """'a', 'a and b', 'a, b and c'."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def clipped(text: str, longest: int) -> str:
    """The text on one line, cut at a word where it is too long; an ellipsis says so."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return line[: longest - 1].rsplit(" ", 1)[0] + "…"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

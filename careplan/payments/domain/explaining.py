"""Which terms of a contract a pay line rests on, in words."""

from collections.abc import Iterable

from careplan.kernel.minutes import Minutes
from careplan.kernel.words import duration, listed, short_day
from careplan.payments.domain.calendar import Span
from careplan.payments.domain.level import AgreedLevel
from careplan.payments.domain.pay_model import COMPONENTS, Counted
from careplan.payments.domain.terms import Contract, PaySettings


def explained(
    parts: Iterable[Contract], counts: Counted | None, *, span: Span, levels: Iterable[AgreedLevel] = ()
) -> list[str]:
    """What the terms that held in these days say of minutes of one kind; each says since when where they changed.

    Nothing where the minutes count as they are.
    """
    held = [p for p in parts if p.meets(span) and any(c.counts is counts for c in COMPONENTS[p.model])]
    said = [(p, _of_settings(counts, p.settings)) for p in held]
    several = len(said) > 1
    found = [f"From {short_day(p.starts_on)}: {words}" if several else words for p, words in said if words]
    if counts is Counted.LEVEL and held:
        weeks = held[-1].settings.level_goes_on_weeks
        found += [said_of_level(level, weeks=weeks) for level in levels]
    return found


def said_of_level(level: AgreedLevel, *, weeks: int) -> str:
    """From when which level is paid, and what follows it."""
    words = f"From {short_day(level.since)}: {_weekly(level.weekly)}."
    ends = level.goes_on_until(goes_on_weeks=weeks)
    if level.achieved_on is None or ends is None:
        return f"{words} The outcomes are not agreed as achieved yet."
    achieved = f"The outcomes were agreed as achieved on {short_day(level.achieved_on)}."
    return f"{words} {achieved} From {short_day(ends)}: {_weekly(level.then)}."


def _weekly(minutes: Minutes) -> str:
    return f"{duration(minutes)} a week" if minutes else "nothing"


def _of_settings(counts: Counted | None, settings: PaySettings) -> str:
    match counts:
        case Counted.ACTUAL_AND_TRAVEL:
            most = ", up to its commissioned time" if settings.tolerance_is_capped else ""
            return f"{duration(settings.travel)} are added to each visit{most}."
        case Counted.FIRST_WEEKS | Counted.LATER_WEEKS:
            return f"The higher rate is paid in the first {settings.higher_weeks} weeks of somebody's care."
        case Counted.LEVEL:
            weeks = settings.level_goes_on_weeks
            return f"An agreed level goes on for {weeks} weeks once its outcomes are agreed as achieved."
        case Counted.RURAL:
            return f"Rural are postcodes that begin with {listed(list(settings.rural_postcodes), 'or')}."
        case _:
            return ""

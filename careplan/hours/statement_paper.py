"""A period's statement on paper, and as rows for other programs: the same words and figures as on the page."""

from collections.abc import Iterator
from datetime import date

from careplan.hours.domain.statement import PeriodStatement, StatementWeek, VisitPaid, dispute_words, given_words
from careplan.hours.domain.view import BankView
from careplan.kernel.words import clock_time, day, duration, short_day, short_duration
from careplan.people.domain.person import Person
from careplan.web.paper import Block, Facts, Heading, Paper, Table, Words

HEAD = (
    "Week", "Day", "What", "Minutes", "From the hours", "From time kept aside", "By the provider", "Not paid yet",
    "Rests on",
)  # fmt: skip


def statement_paper(statement: PeriodStatement, person: Person, *, today: date) -> Paper:
    """The whole statement: the figures, then week by week every line."""
    bank = statement.bank
    return Paper(
        title=f"Hours of {person.name}",
        blocks=(
            *_opening(bank),
            *_together(bank),
            *_disputed(statement, today),
            *(block for week in statement.weeks for block in _week(week)),
        ),
        foot=f"Hours of {person.name}\n{short_day(bank.period.starts_on)} to {short_day(bank.period.ends_on)}",
    )


def figures(bank: BankView) -> tuple[tuple[str, str], ...]:
    """What a period comes to, each figure under its name: those of every view of it."""
    pairs = (
        ("For these four weeks", bank.granted),
        ("Added", bank.topped_up),
        ("From the four weeks before", bank.carried_in),
        ("Planned", bank.planned),
        ("Care given", bank.delivered),
        ("Left", bank.left),
        ("Moved on to the next four weeks", bank.carried_out),
        ("Not used and ended", bank.expired),
        ("Ends if it is not planned", bank.expiring),
        ("Not paid for yet", bank.unfunded),
        ("Kept aside for bad days", bank.contingency.granted),
        ("Left of that", bank.contingency.left),
    )
    return tuple((name, duration(minutes)) for name, minutes in pairs)


def statement_rows(statement: PeriodStatement, *, today: date) -> Iterator[tuple[object, ...]]:
    """Every line as a row under HEAD; a last row has the totals."""
    for given in statement.whole:
        yield ("", "", given_words(given), given.minutes, "", "", "", "", "")
    for week in statement.weeks:
        for given in week.given:
            yield (week.number, "", given_words(given), given.minutes, "", "", "", "", "")
        for v in week.visits:
            clause = f"Plan, version {v.clause}" if v.clause else ""
            yield (
                week.number, v.day.isoformat(), "Visit", v.minutes, v.paid.bank, v.paid.contingency, v.paid.provider,
                v.paid.unfunded, clause,
            )  # fmt: skip
    for d in statement.disputes:
        said = dispute_words(d, today)
        yield ("", d.day.isoformat(), said, d.minutes, "", "", "", d.uncovered, "")
    bank = statement.bank
    yield (
        "All", "", "Care given", bank.delivered, bank.delivered_from_bank, bank.delivered_from_contingency, "",
        bank.unfunded, "",
    )  # fmt: skip
    for name, minutes in (
        ("Granted", bank.granted), ("Added", bank.topped_up), ("Carried in", bank.carried_in),
        ("Planned", bank.planned), ("Left", bank.left), ("Carried on", bank.carried_out), ("Ended", bank.expired),
    ):  # fmt: skip
        yield ("All", "", name, minutes, "", "", "", "", "")
    for share in (share for f in bank.funders for share in f.shares):
        yield ("All", "", f"Granted by {share.words} ({share.percent}%)", share.granted, "", "", "", "", "")
        yield ("All", "", f"Care paid by {share.words} ({share.percent}%)", share.delivered, "", "", "", "", "")


def paid_words(visit: VisitPaid) -> str:
    """Who paid for a visit."""
    shares = (
        (visit.paid.bank, "from your hours"),
        (visit.paid.contingency, "from time kept aside"),
        (visit.paid.provider, "by the care provider"),
        (visit.paid.unfunded, "not paid for yet"),
    )
    said = [(minutes, words) for minutes, words in shares if minutes]
    if len(said) == 1:
        return said[0][1].capitalize()
    return ", ".join(f"{short_duration(minutes)} {words}" for minutes, words in said)


def _opening(bank: BankView) -> Iterator[Block]:
    yield Words(f"{day(bank.period.starts_on)} to {day(bank.period.ends_on)}.")
    if bank.statement:
        yield Words(f"These four weeks are closed. This is statement {bank.statement}.")
    yield Facts(tuple((name, words) for name, words in figures(bank) if words != duration(0)))


def _together(bank: BankView) -> Iterator[Block]:
    for share in (share for f in bank.funders for share in f.shares):
        yield Words(
            f"{share.words} pays {share.percent}%: {duration(share.delivered)} of {duration(share.granted)} were used."
        )


def _disputed(statement: PeriodStatement, today: date) -> Iterator[Block]:
    if statement.disputes:
        yield Heading("Not everybody agrees who pays")
        yield from (Words(dispute_words(d, today)) for d in statement.disputes)


def _week(week: StatementWeek) -> Iterator[Block]:
    yield Heading(f"Week {week.number}, from {day(week.starts_on)}")
    lines = [(given_words(g), duration(g.minutes)) for g in week.given]
    lines += [
        (f"Visit on {short_day(v.day)}{_at(v)}", f"{duration(v.minutes)}. {paid_words(v)}.") for v in week.visits
    ]
    if lines:
        yield Table(("What", "Time"), tuple(lines))
    else:
        yield Words("Nothing happened in this week.")


def _at(visit: VisitPaid) -> str:
    return f" at {clock_time(visit.starts_at)}" if visit.starts_at else ""

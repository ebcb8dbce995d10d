"""An invoice on paper, in the person's words."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from careplan.kernel.words import day, duration, money, short_day
from careplan.payments.domain.charging import ChargedVisit
from careplan.payments.domain.settled import SettledVisit
from careplan.payments.queries.charges import ChargeRun, KeptCharge
from careplan.payments.queries.facts import FinancePerson
from careplan.web.paper import Block, Facts, Heading, Paper, Table, Words


def charge_paper(
    run: ChargeRun, person: FinancePerson, charges: Sequence[KeptCharge], visits: Mapping[UUID, SettledVisit]
) -> Paper:
    """What a person pays for a week, why, and each visit under it."""
    due = sum(k.charge.pence for k in charges)
    blocks: list[Block] = [
        Facts(
            (
                ("For", person.name),
                ("Your number with us", person.reference),
                ("Week", f"{short_day(run.week.starts_on)} to {short_day(run.week.ends_on)}"),
                ("You pay" if due >= 0 else "We give you back", money(abs(due))),
            )
        ),
        *(block for kept in charges for block in _charge(kept, visits)),
        Heading("If something is wrong"),
        Words(
            "Did a visit not happen? Was it short? Tell us. We answer you by a day that we name. "
            "You do not have to pay for a visit that did not happen."
        ),
    ]
    return Paper(
        title=f"What you pay for your care, week from {day(run.week.starts_on)}",
        blocks=tuple(blocks),
        foot=f"{person.reference}, {run.week.starts_on.isoformat()}",
    )


def _charge(kept: KeptCharge, visits: Mapping[UUID, SettledVisit]) -> list[Block]:
    charge = kept.charge
    days = f"{short_day(charge.span.starts_on)} to {short_day(charge.span.ends_on)}"
    what = f"Put right: {days}" if kept.is_correction else days
    why = "We have looked at this week again." if kept.is_correction else charge.bound.words
    rows = tuple(_visit(v, visits[v.visit_id]) for v in charge.visits if v.visit_id in visits)
    found: list[Block] = [Heading(what), Words(f"{money(charge.pence)}. {why}")]
    return [*found, Table(("Visit", "What you pay for"), rows)] if rows else found


def _visit(charged: ChargedVisit, visit: SettledVisit) -> tuple[str, str]:
    return day(visit.day), charged.why_not.words if charged.why_not else duration(charged.minutes).capitalize()

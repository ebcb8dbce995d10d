"""How a dispute about unfunded time stands, and what is said of it."""

from datetime import UTC, date, datetime

import pytest

from careplan.hours.domain.disputing import Dispute, Outcome, Party, State
from careplan.hours.domain.statement import dispute_words
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
ANSWER_BY = date(2026, 12, 4)


def dispute(*, uncovered=50, outcome=None) -> Dispute:
    return Dispute(
        new_id(), new_id(), new_id(), new_id(), date(2026, 11, 9), Minutes(50), Minutes(uncovered), Party.PROVIDER,
        "The lift was broken.", new_id(), AT, ANSWER_BY, outcome, "", None, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "today", "state", "end"),
    [
        (dispute(), ANSWER_BY, State.WAITING, "The social worker answers by 4 December 2026."),
        (dispute(), date(2026, 12, 5), State.OVERDUE, "An answer was due by 4 December 2026."),
        (dispute(uncovered=0), date(2026, 12, 5), State.SETTLED, "It has been paid for since."),
        (
            dispute(uncovered=0, outcome=Outcome.ABSORB), ANSWER_BY, State.DECIDED,
            "Decided: the care provider takes it on.",
        ),
    ],
)  # fmt: skip
def test_a_dispute_waits_until_it_is_decided_or_paid_for(said, today, state, end) -> None:
    assert said.state(today) is state
    assert dispute_words(said, today) == (
        f"The care provider does not agree who pays for 50 minutes on 9 November 2026. {end}"
    )

"""Margaret's hours over time: a closed period, a change by the trusted assessor, one asked for, and time kept."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from careplan.demo.council.cast import Cast
from careplan.hours import queries, service
from careplan.hours.domain.adjusting import Lasting, Wanted
from careplan.hours.domain.disputing import Outcome, Ruling
from careplan.kernel.clock import local_date
from careplan.kernel.ids import new_id
from careplan.kernel.minutes import Minutes

DAYS_TO_ANSWER = 10


def change_margarets_hours(
    *, person_id: UUID, outcomes: Sequence[UUID], until: date, changed: datetime, asked: datetime, cast: Cast
) -> None:
    """Half an hour more to walk, at once; four hours more for good, which the plan does not let the provider decide."""
    walk, tea, *_ = outcomes
    assessor, worker = cast["trusted-assessor"], cast["social-worker"]
    more = Wanted(
        new_id(), 30, walk, "She gets to the bench and back now, if nobody hurries her.", Lasting.THIS_PERIOD,
        "She said: yes, I would like to stay out a bit longer.",
    )  # fmt: skip
    service.adjust_hours(person_id=person_id, wanted=more, actor=assessor, now=changed)
    for_good = Wanted(
        new_id(), 240, tea, "Jean would come every week if somebody laid the table with her.",
        Lasting.UNTIL_NEXT_VERSION, "She said yes when we had tea on Sunday.",
    )  # fmt: skip
    service.adjust_hours(person_id=person_id, wanted=for_good, actor=assessor, now=asked)
    service.earmark(
        earmark_id=new_id(), person_id=person_id, minutes=Minutes(180), need="The week after her eye operation",
        until=until, actor=worker, now=asked,
    )  # fmt: skip


def add_to_margarets_first_weeks(*, person_id: UUID, now: datetime, cast: Cast) -> None:
    """Jean was in hospital for two days: an hour and a half more, of which a part is left and carried on."""
    service.top_up(
        decision_id=new_id(), person_id=person_id, minutes=Minutes(90), visit_id=None,
        reason="Jean was in hospital for two days and could not come.", actor=cast["social-worker"], now=now,
    )  # fmt: skip


def dispute_what_ran_out(*, person_id: UUID, disputed: datetime, decided: datetime, cast: Cast) -> None:
    """Two visits took more than the hours left: of one it is decided who pays, of the other it is not."""
    view = queries.get_bank_view(person_id=person_id, today=local_date(decided))
    banks = queries.list_banks(plan_id=view.plan_id, number=view.period.number)
    unpaid = queries.list_uncovered(bank_ids=[b.id for b in banks])
    said = (
        "The paramedics asked our worker to stay until they left.",
        "We rang the duty desk, and they told us to wait for the district nurse.",
    )
    made = [
        service.dispute_unfunded(
            dispute_id=new_id(), person_id=person_id, visit_id=visit.visit_id, why=why, days=DAYS_TO_ANSWER,
            actor=cast["provider-coordinator"], now=disputed,
        )
        for visit, why in zip(unpaid, said, strict=False)
    ]  # fmt: skip
    for first in made[:1] if len(made) == len(said) else []:
        ruling = Ruling(Outcome.TOP_UP, "The ambulance service says so too. We add the time.")
        service.decide_dispute(dispute_id=first.id, ruling=ruling, actor=cast["social-worker"], now=decided)


def close_periods(*, now: datetime) -> None:
    """Every period that ended more than a week ago is closed, as it would have been by now."""
    while service.close_due_periods(now=now):
        pass

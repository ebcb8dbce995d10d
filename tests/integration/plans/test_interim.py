"""Interim plans from end to end: written on their pages, in force at once, a task when they have stood too long."""

from datetime import date, time, timedelta

import pytest

from careplan.access import queries as access
from careplan.access.domain.actor import Role
from careplan.access.domain.policy import Kind
from careplan.hours import queries as hours
from careplan.kernel.clock import at_local, local_date, utc_now
from careplan.kernel.ids import new_id
from careplan.plans import queries
from careplan.plans.domain.content import InterimReason, PlanKind
from careplan.plans.domain.state import Party, VersionState
from careplan.visits import service as visits
from careplan.visits.domain.incoming import IncomingVisit, Sender
from careplan.visits.domain.visit import Result
from careplan.visits.service.recording import keep
from tests.factories.organisations import make_account
from tests.factories.plans import agree, make_agreed, make_around, make_proposed
from tests.pages import submit, token_on

TODAY = local_date(utc_now())
HAPPENED = 29


def on(name, day):
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def begin(browser, around):
    """The address of a new interim plan."""
    return submit(browser, f"/people/{around.person_id}/plans/new", {"kind": "interim"}).location


def write(browser, plan, around, *, reason, **review):
    """Fills in every page of an interim plan."""
    first = {**on("starts_on", TODAY), "provider": str(around.provider.id)}
    known = {
        "reason": reason, "needs_as_known": "Help to wash, dress and eat.", "allergies": "Not asked yet.",
        "access": "Her neighbour lets us in.", **on("told_on", TODAY),
    }  # fmt: skip
    what_if = {"rank": "high", "contact": "Jean Hall, sister", "response": "Ring, then go within the hour."}
    weeks = {f"new0-week_{n}-{part}": value for n in range(1, 5) for part, value in (("hours", "14"), ("minutes", "0"))}
    fall = {"new0-words": "A fall on the stairs", "new0-response": "She sleeps downstairs."}
    for page, fields in (
        ("start", first), ("interim", known), ("hours", {"new0-funder": "council", **weeks}),
        ("risks", {**fall, **what_if}), ("review", review),
    ):  # fmt: skip
        shown = browser.get(f"{plan}/{page}").text
        opened = {name: _held(shown, name) for name in ("revision", "new0-key") if f'name="{name}"' in shown}
        answer = submit(browser, f"{plan}/{page}", {**opened, **fields})
        assert answer.status_code == 303, answer.text


def sign(browser, plan):
    address = f"{plan}/versions/1/agree"
    shown = browser.get(address)
    hidden = {name: _held(shown.text, name) for name in ("id", "content_hash")}
    return browser.post(address, data={"csrf_token": token_on(shown), "answer": "agree", **hidden})


class TestWrittenOnItsPages:
    @pytest.mark.parametrize("reason", [r.value for r in InterimReason])
    def test_opens_the_bank_with_the_providers_and_the_social_workers_yes(self, around, session, sign_in, reason):
        session.commit()
        browser = sign_in(around.social_worker)
        plan = begin(browser, around)

        write(browser, plan, around, reason=reason, **on("review_on", TODAY + timedelta(days=60)))
        sent = submit(browser, f"{plan}/check")
        accepted, authorised = sign(sign_in(around.coordinator), plan), sign(browser, plan)

        assert [a.status_code for a in (sent, accepted, authorised)] == [303, 303, 303]
        session.rollback()
        version = queries.find_in_force(person_id=around.person_id, at=utc_now())
        assert (version.kind, version.content.interim.reason.value) == (PlanKind.INTERIM, reason)
        assert hours.get_bank_view(plan_id=version.plan_id, today=TODAY).granted == 4 * 14 * 60
        assert "Needs as known" in browser.get(f"/people/{around.person_id}/door").text

    def test_says_on_its_task_list_everything_that_is_missing(self, around, session, sign_in):
        session.commit()
        browser = sign_in(around.social_worker)

        shown = browser.get(f"{begin(browser, around)}/check").text

        for words in (
            "The first day of care.", "Who gives the care.", "The needs as known.",
            "Allergies, or that nobody has asked yet.", "How to get in.", "The day on which the person was told.",
            "Hours for the four weeks, and who pays.", "The risks.",
            "What happens if a visit is missed or late, and whom we tell.",
        ):  # fmt: skip
            assert words in shown
        assert "At the door" not in shown

    def test_carried_over_needs_the_date_of_its_next_review(self, around, session, sign_in):
        session.commit()
        browser = sign_in(around.social_worker)
        plan = begin(browser, around)
        write(browser, plan, around, reason="carried_over")

        assert "The date of the next review: then the full plan is due." in browser.get(f"{plan}/check").text

    def test_waits_for_no_signature_of_the_person(self, around, session, sign_in):
        make_proposed(around, kind=PlanKind.INTERIM)
        session.commit()

        assert "/me/plan/agree" not in sign_in(around.citizen).get("/me").text


class TestStandingTooLong:
    def overdue(self, around, at):
        people = access.select_related(actor=around.social_worker, kinds=[Kind.CASELOAD], now=utc_now())
        return [(o.plan_id, o.due_on) for o in queries.list_overdue_interims(people=people, at=at)]

    @pytest.mark.parametrize(
        ("reason", "review_in", "due_in"),
        [
            (InterimReason.HOSPITAL_DISCHARGE, 90, 28),
            (InterimReason.CARER_BREAKDOWN, None, 28),
            (InterimReason.CARRIED_OVER, 90, 90),
            (InterimReason.CARRIED_OVER, 10, 10),
        ],
    )
    def test_is_told_alike_of_one_plan_and_of_many(self, around, reason, review_in, due_in):
        review_on = (TODAY + timedelta(days=review_in)).isoformat() if review_in else None
        interim = {**_told_on(TODAY), "reason": reason.value}
        version = make_agreed(around, kind=PlanKind.INTERIM, review_on=review_on, interim=interim)
        due = TODAY + timedelta(days=due_in)
        eve, on_the_day = (at_local(due - timedelta(days=n), time(12)) for n in (1, 0))

        assert version.replace_by == due
        assert self.overdue(around, eve) == []
        assert self.overdue(around, on_the_day) == [(version.plan_id, due)]
        for at, told in ((eve, None), (on_the_day, due)):
            assert queries.interim_due_on(plan=queries.get_plan(plan_id=version.plan_id, at=at), at=at) == told


def test_a_discharge_at_four_is_cared_for_the_same_evening_and_asks_for_a_full_plan_after_28_days(session, sign_in):
    day = TODAY - timedelta(days=HAPPENED)
    discharged = at_local(day, time(16))
    around = make_around(now=discharged - timedelta(hours=2))
    joy = make_account(Role.CARE_WORKER, organisation=around.provider, name="Joy Mensah")
    told = {"starts_on": day.isoformat(), "interim": _told_on(day)}

    version = make_proposed(around, kind=PlanKind.INTERIM, now=discharged, **told)
    agree(version, around, Party.PROVIDER, now=discharged + timedelta(minutes=20))
    version = agree(version, around, Party.COUNCIL, now=discharged + timedelta(minutes=30))

    assert version.in_force_from == discharged + timedelta(minutes=30)
    assert hours.get_bank_view(plan_id=version.plan_id, today=day).granted == 3_600
    assert _visit(around, joy, day, time(18, 30)) == (45, 0)
    # On the 29th day nobody has replaced it: it is asked for, and care and its hours go on.
    assert _visit(around, joy, TODAY - timedelta(days=1), time(18, 30)) == (45, 0)
    assert queries.find_in_force(person_id=around.person_id, at=utc_now()).state is VersionState.IN_FORCE
    session.commit()
    browser, due = sign_in(around.social_worker), day + timedelta(days=28)
    assert f"A full plan was due by {due.day} {due:%B %Y}" in browser.get(f"/people/{around.person_id}").text
    assert "Care goes on; write the full plan now." in browser.get(f"/plans/{version.plan_id}").text


def _held(html, name):
    """The value of a hidden field."""
    return html.split(f'name="{name}"')[1].split('value="')[1].split('"')[0]


def _visit(around, worker, day, at):
    """Planned, done and recorded: how many minutes the bank paid, and how many nobody does."""
    start = at_local(day, at)
    end = start + timedelta(minutes=45)
    planned = visits.plan_visit(
        person_id=around.person_id, planned_start=start, planned_end=end, workers=[worker.account_id],
        actor=around.coordinator, now=start - timedelta(hours=1),
    )  # fmt: skip
    record = IncomingVisit(
        id=new_id(), occurred_at=end, plan_version=1, person=around.person_id, visit=planned.id, started_at=start,
        ended_at=end, result=Result.COMPLETED, workers=(), note=None,
    )  # fmt: skip
    keep(record=record, sender=Sender(worker), now=end)
    paid = hours.find_paid(person_id=around.person_id, group_ids=frozenset({planned.id, record.id}))
    return paid.bank, paid.unfunded


def _told_on(day: date) -> dict[str, str]:
    return {
        "reason": "hospital_discharge", "needs_as_known": "Help to wash and dress.", "allergies": "Not asked yet.",
        "access": "Jean lets us in.", "told_on": day.isoformat(),
    }  # fmt: skip

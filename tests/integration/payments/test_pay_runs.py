"""Pay runs over the database: drawn up, held, released, corrected by further lines, worked out anew."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from careplan.access.domain.actor import Role
from careplan.kernel.errors import Invalid
from careplan.kernel.money import Pence
from careplan.payments.domain.calendar import Span
from careplan.payments.domain.pay_model import Counted, Model, RateName
from careplan.payments.domain.run import RunState
from careplan.payments.domain.settled import Outcome
from careplan.payments.domain.terms import PaySettings, Rate
from careplan.payments.queries import facts, runs
from careplan.payments.service import contracting, paying
from careplan.people import service as people
from careplan.visits import service as visits
from careplan.visits.domain.visit import CancelledBy, Result
from tests.factories.organisations import make_account
from tests.factories.payments import (
    AFTER,
    BEGAN,
    SPAN,
    make_done,
    make_kept_contract,
    make_money_care,
    make_planned,
    make_record,
)

DAY = timedelta(days=1)
NEXT = Span(SPAN.ends_on + DAY, SPAN.ends_on + 28 * DAY)


@pytest.fixture
def officer(session):
    return make_account(Role.FINANCE_OFFICER)


@pytest.fixture
def care(session):
    return make_money_care()


def draw_up(officer, *, span=SPAN, now=AFTER):
    return paying.draw_up_pay_run(span=span, actor=officer, now=now)


def released(officer, **said):
    run_id = draw_up(officer, **said)
    paying.release_run(run_id=run_id, actor=officer, now=said.get("now", AFTER) + timedelta(hours=1))
    return run_id


def in_all(run_id):
    return sum(k.line.pence for k in runs.list_lines(run_id=run_id))


class TestDrawUp:
    def test_pays_what_was_recorded_by_the_contracts_model(self, care, officer):
        make_kept_contract(care.around.provider.id, actor=officer)
        done = make_done(care, SPAN.starts_on, minutes=50)
        make_planned(care, SPAN.starts_on + DAY)
        run_id = draw_up(officer)

        (kept,) = runs.list_whole_lines(run_id=run_id)
        assert (kept.line.minutes, kept.line.pence, kept.line.visits) == (50, 2042, ((done.id, 50),))
        outcomes = [v.outcome for v in facts.list_frozen(freeze_id=kept.freeze_id)]
        assert outcomes == [Outcome.COMPLETED, Outcome.MISSED]

    def test_pays_more_for_a_rural_place_from_the_day_on_which_the_terms_name_it(self, care, officer):
        people.add_address(
            person_id=care.person_id, line1="1 Hill Farm", town="Northbridge", postcode="NB7 1AA",
            actor=care.around.social_worker, now=BEGAN,
        )  # fmt: skip
        contract_id = make_kept_contract(care.around.provider.id, actor=officer, model=Model.DELIVERED)
        contracting.set_terms(
            contract_id=contract_id, since=SPAN.starts_on + DAY, model=Model.DELIVERED,
            settings=PaySettings(rural_postcodes=("NB7",)), actor=officer, now=BEGAN,
        )  # fmt: skip
        for number in range(2):
            make_done(care, SPAN.starts_on + number * DAY)
        kept = runs.list_whole_lines(run_id=draw_up(officer))

        assert [v.is_rural for v in facts.list_frozen(freeze_id=kept[0].freeze_id)] == [False, True]
        found = sorted((k.line.key.counts, k.line.minutes) for k in kept)
        assert found == [(Counted.ACTUAL, 60), (Counted.ACTUAL, 60), (Counted.RURAL, 60)]

    def test_leads_from_the_minute_to_the_clause_of_the_plan(self, care, officer):
        make_kept_contract(care.around.provider.id, actor=officer)
        make_done(care, SPAN.starts_on)
        (kept,) = runs.list_whole_lines(run_id=draw_up(officer))

        (visit,) = facts.list_frozen(freeze_id=kept.freeze_id)
        assert visit.clause == "Version 1, week 2: 10 hours. The council pays."
        assert (visit.plan_version, visit.service_week) == (1, 2)

    def test_pays_by_what_became_of_each_visit(self, care, officer):
        make_kept_contract(care.around.provider.id, actor=officer, model=Model.ROTA)
        late, early, provider, refused = (make_planned(care, SPAN.starts_on + k * DAY) for k in range(4))
        for visit, by, notice in (
            (late, CancelledBy.PERSON, timedelta(hours=23)), (early, CancelledBy.PERSON, timedelta(hours=24)),
            (provider, CancelledBy.PROVIDER, timedelta(hours=1)),
        ):  # fmt: skip
            visits.cancel_visit(
                visit_id=visit.id, by=by, reason="Away", actor=care.around.coordinator, now=visit.planned_start - notice
            )
        make_record(care, refused, minutes=2, result=Result.REFUSED)
        (kept,) = runs.list_whole_lines(run_id=draw_up(officer))

        assert dict(kept.line.visits) == {late.id: 60, refused.id: 60}

    def test_waits_until_the_period_is_over(self, care, officer):
        with pytest.raises(paying.NotYetOver):
            draw_up(officer, now=AFTER - 3 * DAY)

    def test_names_every_rate_that_lacks_a_start_and_keeps_nothing(self, care, officer):
        contract_id = contracting.record_contract(
            provider_id=care.around.provider.id, reference="HC-9", name="Care", model=Model.ACTUAL,
            starts_on=SPAN.starts_on, settings=PaySettings(), actor=officer, now=AFTER - 60 * DAY,
        )  # fmt: skip
        contracting.set_rate(
            contract_id=contract_id, rate=Rate(RateName.PILOT, Pence(2450), SPAN.ends_on), actor=officer,
            now=AFTER - 60 * DAY,
        )  # fmt: skip
        make_done(care, SPAN.starts_on)
        with pytest.raises(Invalid) as refused:
            draw_up(officer)

        assert [p.field for p in refused.value.problems] == ["HC-9.pilot"]
        assert "the first begins on" in refused.value.problems[0].message

    def test_takes_the_place_of_an_earlier_draft(self, care, officer):
        make_kept_contract(care.around.provider.id, actor=officer)
        first, second = draw_up(officer), draw_up(officer, now=AFTER + DAY)

        assert [r.id for r in runs.list_runs()] == [second]
        assert runs.get_run(run_id=first).state is RunState.REPLACED

    def test_is_refused_for_a_period_that_was_paid(self, care, officer):
        make_kept_contract(care.around.provider.id, actor=officer)
        released(officer)
        with pytest.raises(paying.AlreadyPaid):
            draw_up(officer, now=AFTER + DAY)


class TestHold:
    def test_keeps_a_line_back_with_a_reason_until_it_is_let_go(self, care, officer):
        make_kept_contract(care.around.provider.id, actor=officer)
        make_done(care, SPAN.starts_on)
        run_id = draw_up(officer)
        (line,) = runs.list_lines(run_id=run_id)
        paying.hold_line(line_id=line.id, reason="The rota is disputed.", actor=officer, now=AFTER)

        sums = runs.sums_by_provider(run_id=run_id)[care.around.provider.id]
        assert (sums.pence, sums.held, sums.to_pay) == (2450, 2450, 0)
        assert runs.get_line(line_id=line.id).hold.reason == "The rota is disputed."
        paying.release_run(run_id=run_id, actor=officer, now=AFTER + DAY)
        paying.let_line_go(line_id=line.id, actor=officer, now=AFTER + 2 * DAY)
        assert runs.sums_by_provider(run_id=run_id)[care.around.provider.id].to_pay == 2450

    def test_needs_a_reason(self, care, officer):
        make_kept_contract(care.around.provider.id, actor=officer)
        make_done(care, SPAN.starts_on)
        (line,) = runs.list_lines(run_id=draw_up(officer))
        with pytest.raises(Invalid, match="why this line is held back"):
            paying.hold_line(line_id=line.id, reason=" ", actor=officer, now=AFTER)


class TestCorrections:
    def test_come_with_the_next_run_as_further_lines(self, care, officer):
        make_kept_contract(care.around.provider.id, actor=officer)
        visit = make_planned(care, SPAN.starts_on)
        first = make_record(care, visit, minutes=60)
        paid = released(officer)
        make_record(care, visit, minutes=40, corrects=first.id, now=AFTER + 3 * DAY)
        following = draw_up(officer, span=NEXT, now=AFTER + 28 * DAY)

        (kept,) = runs.list_whole_lines(run_id=following)
        assert kept.is_correction
        assert (kept.span, kept.line.minutes, kept.line.pence) == (SPAN, -20, 1633 - 2450)
        assert kept.line.visits == ((visit.id, -20),)
        assert in_all(paid) == 2450

    def test_are_not_made_twice(self, care, officer):
        make_kept_contract(care.around.provider.id, actor=officer)
        released(officer)
        make_record(care, make_planned(care, SPAN.starts_on), now=AFTER + 3 * DAY)
        assert in_all(released(officer, span=NEXT, now=AFTER + 28 * DAY)) == 2450
        third = Span(NEXT.ends_on + DAY, NEXT.ends_on + 28 * DAY)

        assert runs.list_lines(run_id=draw_up(officer, span=third, now=AFTER + 56 * DAY)) == []

    def test_follow_a_rate_that_was_agreed_late(self, care, officer):
        contract_id = make_kept_contract(care.around.provider.id, actor=officer)
        make_done(care, SPAN.starts_on)
        released(officer)
        contracting.set_rate(
            contract_id=contract_id, rate=Rate(RateName.PILOT, Pence(2500), SPAN.starts_on), actor=officer,
            now=AFTER + DAY,
        )  # fmt: skip

        assert in_all(draw_up(officer, span=NEXT, now=AFTER + 28 * DAY)) == 50


class TestWorkedOutAnew:
    def test_an_old_run_is_the_same_to_the_penny_after_a_correction(self, care, officer):
        contract_id = make_kept_contract(care.around.provider.id, actor=officer, model=Model.SPLIT_FEE)
        visit = make_planned(care, SPAN.starts_on)
        first = make_record(care, visit, minutes=60)
        make_done(care, SPAN.starts_on + DAY, minutes=47)
        paid = released(officer)
        make_record(care, visit, minutes=13, corrects=first.id, now=AFTER + 3 * DAY)
        contracting.set_rate(
            contract_id=contract_id, rate=Rate(RateName.SPLIT_DELIVERED, Pence(9999), SPAN.starts_on), actor=officer,
            now=AFTER + DAY,
        )  # fmt: skip
        corrected = released(officer, span=NEXT, now=AFTER + 28 * DAY)

        assert paying.find_departures(run_id=paid) == []
        assert paying.find_departures(run_id=corrected) == []
        assert in_all(corrected) != 0

    def test_shows_what_somebody_altered(self, care, officer, session, superuser_url):
        import psycopg

        make_kept_contract(care.around.provider.id, actor=officer)
        make_done(care, SPAN.starts_on)
        run_id = released(officer)
        session.commit()
        with psycopg.connect(superuser_url, autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute("UPDATE pay_line SET pence = pence + 1")
        session.expire_all()

        assert [line.pence for line in paying.find_departures(run_id=run_id)] == [-1]

    @pytest.mark.parametrize("table", ["pay_line", "frozen_visit", "pay_rate", "pay_step"])
    def test_the_database_refuses_to_change_what_was_kept(self, care, officer, session, table):
        make_kept_contract(care.around.provider.id, actor=officer)
        make_done(care, SPAN.starts_on)
        released(officer)
        with pytest.raises(ProgrammingError):
            session.execute(text(f"DELETE FROM {table}"))

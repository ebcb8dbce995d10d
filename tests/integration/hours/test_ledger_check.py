"""The command that holds every balance against its entries, and the task that opens periods."""

from datetime import timedelta

import psycopg
import pytest
from click.testing import CliRunner

from careplan.cli import careplan
from careplan.hours import queries, service, tasks
from careplan.kernel.clock import local_date, utc_now
from tests.factories.hours import NOW, Story, make_terms

BROKEN = {
    "a balance is the fold of its bank's entries": (
        "UPDATE hour_balance SET bank = bank - 1, delivered = delivered + 1 WHERE bank > 0"
    ),
    "reserved minutes are those of planned visits": "UPDATE hour_reservation SET reserved = reserved - 1",
    "a delivered visit's minutes are its draws, its contingency and what is unfunded": (
        "UPDATE hour_delivery SET minutes = minutes + 1"
    ),
    "a bank is closed exactly where it has a statement": (
        "UPDATE hour_bank SET closed_at = opened_at WHERE period_number = 0"
    ),
    "a closed bank holds nothing but contingency that waits for a decision": (
        "UPDATE hour_bank SET closed_at = opened_at WHERE period_number = 0"
    ),
}
# What somebody would have to disable triggers for: a statement that says something else than the ledger.
BROKEN_STATEMENTS = {
    "pauses give back no more than they withheld": (
        "UPDATE hour_entry SET cause = 'pause', week = 1 WHERE kind = 'allocate' AND to_account = 'bank'"
    ),
    "the last statement says what the ledger comes to": "UPDATE hour_statement SET from_bank = from_bank + 1",
    "what came into a period is what the one before carried on, or could not be taken back": (
        "UPDATE hour_statement SET carried_out = carried_out + 1, expired = expired - 1"
    ),
}


@pytest.fixture
def check(settings):
    """Runs `careplan ledger check` over the tests' database."""

    def run():
        environment = {
            "CAREPLAN_ENV": "test",
            "CAREPLAN_DATABASE_URL": settings.database_url,
            "CAREPLAN_LOG_LEVEL": "warning",
        }
        return CliRunner().invoke(careplan, ["ledger", "check"], env=environment)

    return run


class TestLedgerCheck:
    def test_says_that_every_minute_is_accounted_for(self, story, commit, check):
        story.open()
        story.plan(30)
        story.deliver(45)
        commit()

        assert (check().exit_code, check().output.strip()) == (0, "Every minute is accounted for.")

    @pytest.mark.parametrize("rule", BROKEN)
    def test_names_what_somebody_altered(self, story, commit, check, superuser_url, rule):
        story.open()
        story.plan(30)
        story.deliver(45)
        commit()
        with psycopg.connect(superuser_url, autocommit=True) as connection:
            connection.execute(BROKEN[rule])
        found = check()

        assert found.exit_code == 1
        assert rule in found.output


    @pytest.mark.parametrize("rule", BROKEN_STATEMENTS)
    def test_names_a_statement_that_somebody_altered(self, story, commit, check, superuser_url, rule):
        story.open()
        while service.close_due_periods(now=NOW.replace(month=12, day=14)):
            pass
        commit()
        with psycopg.connect(superuser_url, autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute(BROKEN_STATEMENTS[rule])

        assert rule in check().output


class TestClosePeriods:
    def test_closes_what_is_due_and_says_how_much(self, session, person_id, commit, settings):
        start = local_date(utc_now()) - timedelta(days=40)
        Story(make_terms(person_id=person_id, service_starts_on=start, counts_from=start), now=utc_now()).open()
        commit()
        environment = {
            "CAREPLAN_ENV": "test",
            "CAREPLAN_DATABASE_URL": settings.database_url,
            "CAREPLAN_OWNER_DATABASE_URL": settings.owner_database_url,
            "CAREPLAN_LOG_LEVEL": "warning",
        }
        said = [CliRunner().invoke(careplan, ["periods", "close"], env=environment).output for _ in range(2)]

        assert said == ["1 banks closed.\n", "0 banks closed.\n"]


class TestOpenDuePeriods:
    def test_opens_the_present_period_and_the_next(self, session, person_id, commit):
        start = local_date(utc_now()) - timedelta(days=28 * 3)
        story = Story(make_terms(person_id=person_id, service_starts_on=start, counts_from=start), now=utc_now()).open()
        commit()
        tasks.open_due_periods()

        assert [len(queries.list_banks(plan_id=story.terms.plan_id, number=n)) for n in range(6)] == [1, 1, 0, 1, 1, 0]

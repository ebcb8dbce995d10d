"""Many at once spend exactly what the bank holds; the same record counts once; the ledger refuses change."""

from datetime import timedelta

import psycopg
import pytest

from careplan.hours import service
from careplan.kernel.ids import new_id
from tests.factories.hours import FIRST_DAY, Story, next_version, weekly


@pytest.fixture
def small(story, commit):
    """A bank of 600 minutes."""
    story.open(next_version(story.terms, version_number=1, counts_from=FIRST_DAY, grants=weekly(600, 0, 0, 0)))
    commit()
    return Story(story.terms)


class TestRace:
    def test_thirty_two_writers_spend_exactly_what_the_bank_holds(self, small, at_once):
        drawn = at_once(32, lambda k: small.deliver(45 + k))

        assert sum(d.bank for d in drawn) == 600
        assert sum(d.unfunded for d in drawn) == sum(45 + k for k in range(32)) - 600
        assert (small.view().left, service.check_ledger()) == (0, [])

    def test_the_same_record_twelve_times_at_once_is_there_once(self, small, at_once):
        record = new_id()
        drawn = at_once(12, lambda _: small.deliver(45, record=record))

        assert set(drawn) == {service.Drawn(bank=45, contingency=0, unfunded=0)}
        assert small.view().delivered == 45

    def test_planning_and_delivering_at_once_never_overspends(self, small, at_once):
        visits = [new_id() for _ in range(8)]

        def act(k):
            return small.plan(90, visit=visits[k // 2]) if k % 2 else small.deliver(80, visit=visits[k // 2])

        at_once(16, act)

        assert service.check_ledger() == []
        assert small.view().left >= 0

    def test_a_period_opened_by_many_at_once_is_granted_once(self, small, at_once):
        day = FIRST_DAY.replace(year=2027)
        at_once(
            8, lambda _: service.ensure_period(plan_id=small.terms.plan_id, day=day, actor=small.actor, now=small.now)
        )

        assert small.view(13).granted == 600

    def test_a_version_posted_by_many_at_once_counts_once(self, small, at_once):
        raised = next_version(small.terms, counts_from=FIRST_DAY, grants=weekly(700, 0, 0, 0))
        at_once(8, lambda _: service.open_bank(terms=raised, actor=small.actor, now=small.now))

        assert small.view().granted == 700

    def test_a_period_opened_while_a_version_comes_gets_what_the_version_grants(self, small, at_once):
        raised = next_version(small.terms, counts_from=FIRST_DAY, grants=weekly(700, 0, 0, 0))

        def act(k):
            if k == 0:
                service.open_bank(terms=raised, actor=small.actor, now=small.now)
                return
            day = FIRST_DAY + timedelta(days=28 * (k + 1))
            service.ensure_period(plan_id=small.terms.plan_id, day=day, actor=small.actor, now=small.now)

        at_once(12, act)

        assert {small.view(n).granted for n in range(13)} == {700}


class TestAppendOnly:
    @pytest.mark.parametrize("role", ["app", "owner", "superuser"])
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE hour_entry SET minutes = minutes + 1",
            "DELETE FROM hour_entry",
            "TRUNCATE hour_entry CASCADE",
            "UPDATE hour_terms SET version_number = 9",
            "DELETE FROM reduction_not_taken",
        ],
    )
    def test_the_database_refuses_to_change_what_was_posted(
        self, small, commit, settings, superuser_url, role, statement
    ):
        small.deliver(3600)
        later = next_version(small.terms, counts_from=FIRST_DAY, grants=weekly(60, 0, 0, 0))
        service.open_bank(terms=later, actor=small.actor, now=small.now)
        commit()
        urls = {"app": settings.database_url, "owner": settings.owner_database_url, "superuser": superuser_url}
        url = str(urls[role]).replace("postgresql+psycopg://", "postgresql://", 1)

        seeing_all = {"options": "-c careplan.sees_all=on"}
        with (
            psycopg.connect(url, **seeing_all) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement)

    def test_the_database_refuses_a_balance_below_nought(self, small, superuser_url):
        with psycopg.connect(superuser_url) as connection, pytest.raises(psycopg.errors.CheckViolation):
            connection.execute("UPDATE hour_balance SET bank = bank - 601, delivered = delivered + 601")

    def test_the_database_refuses_minutes_from_nowhere(self, small, superuser_url):
        with psycopg.connect(superuser_url) as connection, pytest.raises(psycopg.errors.CheckViolation):
            connection.execute("UPDATE hour_balance SET bank = bank + 1")

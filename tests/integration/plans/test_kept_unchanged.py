"""What was proposed and signed stays as it was: the database itself refuses to change it, whoever asks."""

from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from careplan.config import Settings
from careplan.kernel.clock import local_date, utc_now
from careplan.plans import queries, service
from careplan.plans.domain.agreement import Channel
from careplan.plans.domain.content import PlanKind
from careplan.plans.domain.state import Party, VersionState
from careplan.plans.in_force import select_in_force
from careplan.plans.standing import list_standings
from tests.factories.plans import (
    agree,
    agree_all,
    find_lacking,
    go_without_yes,
    make_agreed,
    make_draft,
    make_proposed,
)
from tests.factories.reviews import begin_next

REFUSED = (
    'UPDATE plan_version SET content = content || \'{"how_met": "Otherwise."}\'',
    "UPDATE plan_version SET canonical = canonical || 'x'::bytea",
    "UPDATE plan_version SET content_hash = repeat('0', 64)",
    "UPDATE plan_version SET proposed_at = now()",
    "UPDATE plan_version SET proposed_at = NULL, proposed_by = NULL, canonical = NULL, content_hash = NULL",
    "UPDATE plan_version SET person_id = person_id, number = 9",
    "DELETE FROM plan_version",
    "TRUNCATE plan_version CASCADE",
    "UPDATE plan_agreement SET statement = 'Yes'",
    "DELETE FROM plan_agreement",
    "TRUNCATE plan_agreement",
    "UPDATE capacity_finding SET lacks_capacity = false",
    "DELETE FROM capacity_finding",
)


@pytest.fixture
def kept(around, session):
    version = make_proposed(around)
    find_lacking(version, around, lacks_capacity=False)
    agreed = agree_all(version, around)
    session.commit()
    return agreed


@pytest.mark.parametrize("statement", REFUSED)
@pytest.mark.parametrize("role", ["application", "owner"])
def test_the_database_refuses(kept, settings: Settings, role, statement):
    url = settings.database_url if role == "application" else settings.owner_database_url
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.execute(text("SELECT set_config('careplan.sees_all', 'on', false)"))
        with pytest.raises(ProgrammingError) as refused:
            connection.execute(text(statement))
    engine.dispose()

    assert isinstance(refused.value.orig, psycopg.errors.InsufficientPrivilege)


def test_a_signature_cannot_name_another_content(around, session):
    agree(make_proposed(around), around, Party.COUNCIL)
    with pytest.raises(IntegrityError):
        session.execute(
            text(
                "INSERT INTO plan_agreement SELECT gen_random_uuid(), plan_id, person_id, version_id,"
                " repeat('0', 64), 'person', capacity, gen_random_uuid(), signer_name, authority_id, finding_id,"
                " statement, channel, recorded_by, witness_id, witness_name, agreed_on, at FROM plan_agreement LIMIT 1"
            )
        )


def test_a_version_cannot_carry_the_hash_of_something_else(around, session):
    make_draft(around)
    with pytest.raises(DBAPIError):
        session.execute(
            text(
                "UPDATE plan_version SET proposed_at = now(), proposed_by = created_by,"
                " canonical = convert_to(content::text, 'UTF8'), content_hash = repeat('0', 64)"
            )
        )


def test_a_draft_may_change(around, session):
    make_draft(around)

    assert session.execute(text("UPDATE plan_version SET revision = revision + 1")).rowcount == 1


def test_a_withdrawal_cannot_be_taken_back(around, session):
    version = make_proposed(around)
    service.withdraw_proposal(plan_id=version.plan_id, reason="Wrong", actor=around.social_worker, now=utc_now())
    with pytest.raises(DBAPIError):
        session.execute(
            text("UPDATE plan_version SET withdrawn_at = NULL, withdrawn_by = NULL, withdrawn_reason = NULL")
        )


class TestSelectInForce:
    def test_says_what_the_pure_function_says(self, around, session):
        agreed = make_agreed(around)
        begin_next(plan_id=agreed.plan_id, actor=around.social_worker)
        second = service.propose_plan(plan_id=agreed.plan_id, actor=around.social_worker, now=utc_now())
        now = utc_now()
        plan = queries.get_plan(plan_id=agreed.plan_id, at=now)

        found = session.execute(select_in_force(at=now)).all()

        assert [(r.plan_id, r.number) for r in found] == [(plan.id, plan.in_force.number)]
        assert second.state is VersionState.PROPOSED

    def test_says_what_the_pure_function_says_at_every_instant_of_a_long_story(self, around, session):
        """Not agreed by the person; the next agreed before its day, taken back, and agreed again."""
        first = agree_all(go_without_yes(make_proposed(around), around), around)
        begin_next(plan_id=first.plan_id, actor=around.social_worker)
        second = agree_all(
            service.propose_plan(plan_id=first.plan_id, actor=around.social_worker, now=utc_now()), around
        )
        third = self.later(around, second)
        for _ in range(2):
            third = agree_all(third, around)
            third = service.take_back_agreement(
                plan_id=third.plan_id, agreement_id=third.agreement_of(Party.PROVIDER).id, reason="Nobody is free.",
                channel=Channel.ONLINE, actor=around.coordinator, now=utc_now(),
            )  # fmt: skip
        third = agree_all(third, around)

        moments = self.moments(third)
        said = [self.in_sql(session, at) for at in moments]
        assert said == [self.in_python(third.plan_id, at) for at in moments]
        assert said == [self.in_a_list(third.person_id, at) for at in moments]
        assert {None, 1, 2, 3} == set(said)

    def later(self, around, second):
        """The next version, from a day to come."""
        draft = begin_next(plan_id=second.plan_id, actor=around.social_worker)
        starts_on = (local_date(utc_now()) + timedelta(days=9)).isoformat()
        by = {"actor": around.social_worker, "now": utc_now()}
        service.save_draft(plan_id=second.plan_id, changes={"starts_on": starts_on}, revision=draft.revision, **by)
        return service.propose_plan(plan_id=second.plan_id, actor=around.social_worker, now=utc_now())

    def moments(self, version):
        """Each instant at which something was recorded, the one before it, and days to come."""
        plan = queries.get_plan(plan_id=version.plan_id, at=utc_now())
        known = [a.at for v in plan.versions for a in (*v.agreements, *v.taken_back)]
        known += [a.taken_back.at for v in plan.versions for a in v.taken_back]
        known += [v.not_agreed.at for v in plan.versions if v.not_agreed]
        known += [version.in_force_from, utc_now() + timedelta(days=30)]
        return sorted(m - step for m in known for step in (timedelta(0), timedelta(microseconds=1)))

    def in_sql(self, session, at):
        return next((r.number for r in session.execute(select_in_force(at=at))), None)

    def in_python(self, plan_id, at):
        found = queries.get_plan(plan_id=plan_id, at=at).in_force
        return found.number if found else None

    def in_a_list(self, person_id, at):
        return list_standings(person_ids=[person_id], at=at)[person_id].in_force

    @pytest.mark.parametrize("kind", PlanKind)
    def test_holds_nothing_before_the_last_signature(self, around, session, kind):
        make_proposed(around, kind=kind)

        assert session.execute(select_in_force(at=utc_now())).all() == []

    def test_names_an_interim_plan(self, around, session):
        make_agreed(around, kind=PlanKind.INTERIM)

        assert [r.kind for r in session.execute(select_in_force(at=utc_now()))] == ["interim"]

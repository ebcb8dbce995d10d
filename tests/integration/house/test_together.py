"""Reading together gives what reading one by one gives, by as many statements as the longest chain has links."""

import pytest
from sqlalchemy import func, select

from careplan.access.models import Account
from careplan.db import Base, db
from careplan.db.as_json import shape_of
from careplan.db.together import together
from careplan.kernel.clock import utc_now
from careplan.kernel.errors import NotFound
from careplan.people import queries as people
from careplan.people.models import PersonRow
from careplan.plans import queries as plans
from careplan.plans.models import NotAgreedRow, PlanVersionRow
from tests.factories.visits import make_care
from tests.statements import counted


@pytest.fixture
def care(session):
    made = make_care()
    session.flush()
    return made


def values(row):
    return {c.key: getattr(row, c.key) for c in type(row).__mapper__.column_attrs}


class TestReadingTogether:
    def test_gives_each_row_of_each_table_as_it_is(self, care, session):
        models = [m.class_ for m in Base.registry.mappers if shape_of(select(m.class_)) is not None]
        alone = [[values(r) for r in session.scalars(select(m).order_by(*m.__mapper__.primary_key))] for m in models]

        readers = [lambda m=m: db.session.scalars(select(m).order_by(*m.__mapper__.primary_key)).all() for m in models]
        read = together(*readers)

        assert sum(map(bool, alone)) > 15
        assert [[values(r) for r in rows] for rows in read] == alone

    def test_gives_values_joined_rows_and_nothing_as_they_are(self, care, session):
        v, without = PlanVersionRow, NotAgreedRow
        joined = select(v, without, v.number).outerjoin(without, without.version_id == v.id)
        count, rows, nobody = together(
            lambda: db.session.scalar(select(func.count()).select_from(PersonRow)),
            lambda: db.session.execute(joined).all(),
            lambda: db.session.scalar(select(PersonRow.family_name).where(PersonRow.birth_date.is_(None))),
        )

        assert count == session.scalar(select(func.count()).select_from(PersonRow))
        assert [(type(version), none, number) for version, none, number in rows] == [(v, None, 1)]
        assert nobody is None

    def test_puts_as_many_statements_as_the_longest_chain_has_links(self, care, session):
        def chain(links):
            return [session.scalar(select(PersonRow.id).where(PersonRow.id == care.person_id)) for _ in range(links)]

        def inner():
            return together(lambda: chain(1), lambda: chain(2))

        with counted(session) as seen:
            found = together(lambda: chain(1), inner, lambda: chain(3), lambda: "nothing asked")

        once = [care.person_id]
        assert found == (once, (once, once * 2), once * 3, "nothing asked")
        assert sum("FROM person" in statement for statement in seen) == 3

    def test_fails_as_the_first_of_its_readers_fails_and_reads_on_after_that(self, care, session):
        with pytest.raises(NotFound):
            together(
                lambda: people.get_person(person_id=care.person_id),
                lambda: together(lambda: people.get_person(person_id=care.joy.account_id)),
            )

        assert together(lambda: people.get_person(person_id=care.person_id))[0].id == care.person_id

    def test_reads_what_a_slice_reads_by_its_own_queries(self, care):
        now = utc_now()
        alone = (plans.find_plan(person_id=care.person_id, at=now), people.list_partnership(person_id=care.person_id))

        assert alone == together(
            lambda: plans.find_plan(person_id=care.person_id, at=now),
            lambda: people.list_partnership(person_id=care.person_id),
        )

    def test_leaves_alone_what_does_not_come_through_json(self, care, session):
        odd = select(func.make_interval(0, 0, 0, 1))
        interval, name = together(
            lambda: session.scalar(odd),
            lambda: session.scalar(select(Account.name).where(Account.id == care.joy.account_id)),
        )

        assert shape_of(odd) is None
        assert (interval.days, name) == (1, care.joy.name)

"""The trail proves itself: an edit, a deletion, a dropped stream and a recomputed chain are all found."""

import psycopg
import pytest
from sqlalchemy import text

from careplan.access import audit, trail
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Action, Section
from careplan.kernel.clock import utc_now
from careplan.kernel.ids import new_id

READER = Actor(new_id(), "Sam Reed", Role.SOCIAL_WORKER)


@pytest.fixture
def streams(session):
    """Two people's streams of three reads each."""
    people = sorted([new_id(), new_id()])
    for _ in range(3):
        entries = [_read(person) for person in people]
        audit.record(session, entries, now=utc_now())
    session.commit()
    return people


def _read(person):
    return audit.Entry(READER, Section.PLAN, Action.READ, "GET /plans/<id>", person_id=person, subjects=[person])


def _as_administrator(url, statement):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute(statement)


class TestVerify:
    def test_counts_an_untouched_trail(self, streams):
        assert trail.verify() == (6, None)

    @pytest.mark.parametrize(
        ("statement", "seq", "what"),
        [
            ("UPDATE audit_event SET reason = 'x' WHERE stream_id = '{}' AND seq = 2", 2, "was changed"),
            ("DELETE FROM audit_event WHERE stream_id = '{}' AND seq = 2", 3, "missing before it"),
            ("DELETE FROM audit_event WHERE stream_id = '{}' AND seq = 3", 3, "ends before its head"),
            ("DELETE FROM audit_event WHERE stream_id = '{}'", 3, "ends before its head"),
            ("DELETE FROM audit_head WHERE stream_id = '{}'", 3, "head is missing"),
        ],
    )
    def test_names_the_first_broken_link(self, streams, superuser_url, session, statement, seq, what):
        _as_administrator(superuser_url, statement.format(streams[0]))

        _, broken = trail.verify()

        assert (broken.stream_id, broken.seq) == (streams[0], seq)
        assert what in broken.what

    def test_finds_a_stream_dropped_with_its_head_by_an_anchor(self, streams, superuser_url, session):
        anchored = trail.heads()
        session.rollback()
        _as_administrator(superuser_url, f"DELETE FROM audit_event WHERE stream_id = '{streams[0]}'")
        _as_administrator(superuser_url, f"DELETE FROM audit_head WHERE stream_id = '{streams[0]}'")

        assert trail.verify()[1] is None
        assert trail.verify(anchored)[1].what == "an anchored event is gone"


class TestAnchors:
    def test_a_changed_anchor_is_refused(self, streams, tmp_path):
        path = trail.write_anchor(folder=tmp_path, key="k" * 32, now=utc_now())
        path.write_text(path.read_text().replace('"seal"', '"seal" ').replace(", 3, ", ", 2, ", 1))

        with pytest.raises(trail.BadAnchor, match=path.name):
            trail.read_anchors(folder=tmp_path, key="k" * 32)

    def test_what_was_anchored_is_found_again(self, streams, tmp_path):
        trail.write_anchor(folder=tmp_path, key="k" * 32, now=utc_now())

        assert trail.verify(trail.read_anchors(folder=tmp_path, key="k" * 32)) == (6, None)


@pytest.mark.parametrize("role", ["app", "owner"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_event SET reason = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"],
)
def test_the_database_refuses_to_change_the_trail(streams, settings, role, statement):
    url = settings.database_url if role == "app" else settings.owner_database_url
    with (
        psycopg.connect(url.replace("+psycopg", "")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement)


def test_someone_finds_every_look_at_their_record(streams, session):
    audit.record(
        session,
        [audit.Entry(READER, Section.PERSON, Action.READ, "GET /people", subjects=streams)],
        now=utc_now(),
    )

    looks = trail.list_looks(person_id=streams[0], hidden=trail.Hidden(READER.account_id))

    assert [look.section for look in looks] == ["person", "plan", "plan", "plan"]
    assert session.execute(text("SELECT count(*) FROM audit_event")).scalar() == 7

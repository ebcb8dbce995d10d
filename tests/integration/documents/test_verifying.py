"""Anyone with a printed plan can check it, at a measured pace, and learns nothing about anybody."""

import re

import pytest
from sqlalchemy import text

from careplan.access.limiting import limiter
from careplan.kernel.clock import utc_now
from careplan.plans import service as plans
from careplan.plans.domain.code import in_fours
from tests.factories.plans import make_agreed, make_around, make_proposed

YES, NOT_YET = "Yes, this is the plan that counts", "No, this version does not count yet"
FORMER, UNKNOWN = "No, this version does not count any more", "We do not know this code"


@pytest.fixture(autouse=True)
def from_the_start(app):
    with app.app_context():
        limiter.reset()


def heading(answer) -> str:
    found = re.search(r"<h1>(.*?)</h1>", answer.text)
    assert found is not None
    return found[1]


class TestVerdict:
    def test_is_yes_for_the_version_in_force(self, client, in_force):
        for code in (in_force.short_hash, in_force.content_hash, in_force.short_hash.replace("-", " ").upper()):
            assert heading(client.get(f"/verify/{code}")) == YES

    def test_is_not_yet_for_a_version_that_waits(self, client, around, session):
        version = make_proposed(around)
        session.commit()

        assert heading(client.get(f"/verify/{version.short_hash}")) == NOT_YET

    def test_is_no_for_a_version_that_was_taken_back(self, client, around, session):
        version = make_proposed(around)
        plans.withdraw_proposal(plan_id=version.plan_id, reason="Wrong", actor=around.social_worker, now=utc_now())
        session.commit()

        assert heading(client.get(f"/verify/{version.short_hash}")) == FORMER

    def test_is_unknown_for_any_other_code(self, client, in_force):
        assert heading(client.get("/verify/0000-0000-0000-0000")) == UNKNOWN

    def test_still_reads_the_former_code_of_eight_digits(self, client, in_force):
        former = in_fours((in_force.content_hash or "")[:8])

        assert heading(client.get(f"/verify/{former}")) == YES

    def test_refuses_what_cannot_be_a_code_and_says_how_one_looks(self, client):
        answer = client.get("/verify/<b>hello")

        assert answer.status_code == 422
        assert "Type the code as it is printed" in answer.text
        assert "<b>hello" not in answer.text

    def test_is_reached_from_a_box(self, client, in_force):
        answer = client.get("/verify", query_string={"code": in_force.short_hash})

        assert (answer.status_code, answer.location) == (303, f"/verify/{in_force.short_hash}")
        assert client.get("/verify", query_string={"code": ""}).status_code == 422


class TestAnswer:
    def test_is_the_same_for_every_plan_but_for_the_code(self, client, in_force, session):
        other = make_agreed(make_around())
        session.commit()
        both = [client.get(f"/verify/{v.short_hash}").text.replace(v.short_hash, "…") for v in (in_force, other)]

        assert both[0] == both[1]

    def test_names_nobody(self, client, in_force):
        answer = client.get(f"/verify/{in_force.short_hash}").text

        for name in ("Margaret", "Ellis", "Harbour", "Priya", "garden", str(in_force.plan_id), str(in_force.person_id)):
            assert name not in answer

    def test_takes_as_many_questions_to_the_database_for_one_plan_as_for_another(self, client, in_force, session):
        other = make_agreed(make_around())
        session.commit()

        assert asked(client, session, in_force.short_hash) == asked(client, session, other.short_hash)


class TestPace:
    def test_is_thirty_in_a_minute_for_one_address(self, client):
        answers = [client.get("/verify/0000-0000-0000-0000").status_code for _ in range(31)]

        assert answers == [200] * 30 + [429]

    def test_is_slower_for_the_former_code(self, client):
        answers = [client.get("/verify/0000-0000").status_code for _ in range(11)]

        assert answers == [200] * 10 + [429]

    def test_is_kept_for_each_address_apart(self, client):
        for _ in range(11):
            client.get("/verify/0000-0000")

        assert client.get("/verify/0000-0000", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 200

    def test_does_not_believe_an_address_that_the_asker_names(self, client):
        for k in range(11):
            last = client.get("/verify/0000-0000", headers={"X-Forwarded-For": f"192.0.2.{k}"})

        assert last.status_code == 429

    def test_page_says_when_to_try_again(self, client):
        for _ in range(11):
            answer = client.get("/verify/0000-0000")

        assert heading(answer) == "Too many tries"
        assert re.search(r"You can try again in (1 hour|\d+ minutes?), at \d\d:\d\d\.", answer.text)
        assert 0 < int(answer.headers["Retry-After"]) <= 3600

    def test_begins_anew_when_its_time_has_run_out(self, client, session):
        for _ in range(11):
            client.get("/verify/0000-0000")
        session.execute(text("UPDATE rate_count SET ends_at = now() - interval '1 second'"))
        session.commit()

        assert client.get("/verify/0000-0000").status_code == 200

    def test_keeps_no_address(self, client, session):
        client.get("/verify/0000-0000", environ_base={"REMOTE_ADDR": "192.0.2.99"})

        keys = session.scalars(text("SELECT key FROM rate_count")).all()
        assert keys
        assert not any("192.0.2.99" in key for key in keys)

    def test_counts_are_forgotten_when_they_say_nothing_any_more(self, client, session):
        from careplan.access.tasks import forget_old_counts

        client.get("/verify/0000-0000")
        session.execute(text("UPDATE rate_count SET ends_at = now() - interval '1 second'"))
        session.commit()
        forget_old_counts()

        assert session.scalar(text("SELECT count(*) FROM rate_count")) == 0


def asked(client, session, code: str) -> int:
    """How many statements an answer takes."""
    from sqlalchemy import event

    seen: list[str] = []
    engine = session.get_bind()

    def count(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    client.get(f"/verify/{code}")
    event.remove(engine, "before_cursor_execute", count)
    return len(seen)

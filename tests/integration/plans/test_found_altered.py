"""What somebody alters behind the program's back, with every guard of the database off, is found and shown."""

import hashlib
import json

import psycopg
import pytest
from click.testing import CliRunner

from careplan.cli import careplan
from careplan.kernel.clock import utc_now
from careplan.kernel.ids import new_id
from careplan.plans import queries
from careplan.plans.domain.content import PlanKind, as_json
from tests.factories.plans import make_agreed

# One character, and nothing else: the triggers and the table's own conditions are off.
ONE_CHARACTER = (
    "UPDATE plan_version"
    " SET content = jsonb_set(content, '{how_met}', to_jsonb(replace(content->>'how_met', 'home', 'hame')))"
)
CONDITIONS = ("ck_plan_version_canonical_form_is_of_the_content", "ck_plan_version_hash_is_of_the_canonical_form")
BROKEN = "This is not what was agreed. Somebody has changed it in the database."


@pytest.fixture
def agreed(around, session):
    version = make_agreed(around)
    session.commit()
    return version


@pytest.fixture
def alter(superuser_url, session):
    """Runs statements as the database's superuser with every trigger off; conditions that were dropped come back."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        kept = dict(
            connection.execute(
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = ANY(%s)",
                (list(CONDITIONS),),
            ).fetchall()
        )
        assert set(kept) == set(CONDITIONS)
        connection.execute("SET session_replication_role = replica")
        for name in CONDITIONS:
            connection.execute(f"ALTER TABLE plan_version DROP CONSTRAINT {name}")
        yield connection.execute
        session.rollback()
        for name, rule in kept.items():
            connection.execute(
                f"ALTER TABLE plan_version ADD CONSTRAINT {name} {rule.removesuffix(' NOT VALID')} NOT VALID"
            )


@pytest.fixture
def check(settings):
    """Runs `careplan plans check` over the tests' database."""

    def run():
        environment = {
            "CAREPLAN_ENV": "test",
            "CAREPLAN_DATABASE_URL": settings.database_url,
            "CAREPLAN_LOG_LEVEL": "warning",
        }
        return CliRunner().invoke(careplan, ["plans", "check"], env=environment)

    return run


class TestAnUntouchedPlan:
    def test_is_said_to_be_whole(self, agreed, check):
        found = check()

        assert (found.exit_code, found.output.strip()) == (0, "All 1 versions are as they were sent round.")

    @pytest.mark.parametrize("kind", PlanKind)
    def test_has_the_hash_that_an_independent_hand_computes(self, around, kind):
        risk = {"id": str(new_id()), "words": 'Ärger, 😀, \u2028 and "quotes" \\ \x1f', "response": "a\tb"}
        version = make_agreed(around, kind=kind, risks=[risk])

        assert version.content_hash == hashlib.sha256(by_hand(as_json(version.content)).encode()).hexdigest()

    def test_shows_on_its_pages_that_it_was_checked(self, sign_in, around, agreed):
        browser = sign_in(around.social_worker)

        for page in ("agreements", "versions/1"):
            assert (
                "Checked just now: every word is as it was sent round."
                in browser.get(f"/plans/{agreed.plan_id}/{page}").text
            )

    def test_shows_the_words_that_each_party_signed(self, sign_in, around, agreed):
        text = sign_in(around.social_worker).get(f"/plans/{agreed.plan_id}/versions/1").text

        assert text.count("I have read this plan and I agree to it.") == 3


class TestOneChangedCharacter:
    @pytest.fixture(autouse=True)
    def altered(self, agreed, alter):
        assert alter(ONE_CHARACTER).rowcount == 1

    def test_is_found_by_the_check(self, agreed, check):
        found = check()

        assert found.exit_code == 1
        assert f"Plan {agreed.plan_id}, version 1: What it says now does not have the hash" in found.output
        assert "1 of 1 versions are not what was sent round." in found.output

    @pytest.mark.parametrize("page", ["agreements", "versions/1"])
    def test_is_shown_to_staff(self, sign_in, around, agreed, page):
        text = sign_in(around.social_worker).get(f"/plans/{agreed.plan_id}/{page}").text

        assert BROKEN in text
        assert "Checked just now" not in text

    def test_is_shown_to_the_person(self, sign_in, around, agreed):
        assert "Something is wrong with this plan" in sign_in(around.citizen).get("/me/plan").text

    def test_is_not_printed(self, sign_in, around, agreed):
        answer = sign_in(around.citizen).get("/me/plan/print/1/large.pdf")

        assert answer.status_code == 409
        assert "This is not what was agreed, so it is not printed." in answer.text


class TestAChangeWithItsHash:
    def test_is_found_by_the_signatures(self, session, agreed, alter, check):
        version = queries.get_version(plan_id=agreed.plan_id, number=1, at=utc_now())
        content = {**as_json(version.content), "how_met": "Less care."}
        canonical = by_hand(content).encode()
        alter(
            "UPDATE plan_version SET content = %s, canonical = %s, content_hash = %s",
            (json.dumps(content), canonical, hashlib.sha256(canonical).hexdigest()),
        )

        assert "Somebody signed a content with another hash." in check().output


def by_hand(value: object) -> str:
    """RFC 8785 once more, by none of the product's means: enough for texts, whole numbers, yes, no and nothing."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{by_hand(n)}:{by_hand(value[n])}" for n in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(by_hand(v) for v in value) + "]"
    if isinstance(value, str):
        return '"' + "".join(_sign(c) for c in value) + '"'
    return {"None": "null", "True": "true", "False": "false"}.get(str(value)) or f"{value:d}"


def _sign(sign: str) -> str:
    short = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
    return short.get(sign) or (f"\\u{ord(sign):04x}" if ord(sign) < 0x20 else sign)

"""What an operator types."""

import json

import pytest
from click.testing import CliRunner, Result

from careplan.cli.fhir import fhir
from careplan.db.scope import see_everything
from careplan.fhir import clients, projection
from careplan.kernel.clock import utc_now
from tests.factories.fhir import public_keys, rsa_key
from tests.integration.fhir.conftest import keep


@pytest.fixture
def type_in(settings, monkeypatch):
    """Runs a command as from a shell with the tests' settings."""

    def typed(*words: str) -> Result:
        environment = {
            "CAREPLAN_ENV": "test",
            "CAREPLAN_DATABASE_URL": settings.database_url.replace("+psycopg", ""),
            "CAREPLAN_OWNER_DATABASE_URL": (settings.owner_database_url or "").replace("+psycopg", ""),
        }
        return CliRunner().invoke(fhir, list(words), env=environment, catch_exceptions=False)

    return typed


@pytest.fixture
def jwks(tmp_path) -> str:
    path = tmp_path / "jwks.json"
    path.write_text(json.dumps(public_keys()))
    return str(path)


def test_adds_a_client_for_the_only_trust_and_replaces_it(type_in, trust, jwks):
    first = type_in("client", "add", "--id", "new", "--jwks", jwks, "--scope", "system/*.rs")
    second = type_in("client", "add", "--id", "new", "--jwks", jwks, "--scope", "system/Patient.rs")

    assert (first.exit_code, first.output) == (0, f"new: added, for {trust.name}.\n")
    assert second.output == f"new: replaced, for {trust.name}.\n"


def test_adds_a_client_for_an_ods_code(type_in, trust, jwks, session):
    done = type_in("client", "add", "--id", "new", "--jwks", jwks, "--scope", "system/*.rs", "--organisation", "none")

    assert (done.exit_code, done.output) == (1, "No organisation has the ODS code none.\n")
    assert type_in(
        "client", "add", "--id", "new", "--jwks", jwks, "--scope", "system/*.rs", "--organisation", trust.ods_code
    ).output.startswith("new: added")
    session.commit()
    assert [c.id for c in clients.list_clients()] == ["new", "trust"]


def test_refuses_a_private_key_with_the_reason(type_in, trust, tmp_path):
    path = tmp_path / "private.json"
    path.write_text(json.dumps({"keys": [rsa_key().as_dict(private=True)]}))

    done = type_in("client", "add", "--id", "new", "--jwks", str(path), "--scope", "system/*.rs")

    assert done.exit_code == 1
    assert "private key" in done.output


def test_revokes(type_in, trust, session):
    assert type_in("client", "revoke", "--id", "trust").output == "trust: revoked.\n"
    session.commit()
    assert clients.find_active("trust") is None


def test_projects_whoever_is_marked_and_with_all_everybody(type_in, shared):
    first, second = type_in("project"), type_in("project")
    everybody = type_in("project", "--all")

    assert first.output.startswith("1 people projected")
    assert second.output == "0 people projected, 0 resources changed.\n"
    assert everybody.output == "1 people projected, 0 resources changed.\n"


def test_one_who_fails_does_not_hold_up_the_others(shared, session):
    def refuse(resource: dict) -> None:
        if resource["resourceType"] == "Goal":
            raise ValueError("a mapping that went wrong")

    run = projection.project_marked(now=utc_now(), check=refuse)

    assert (run.people, run.failed) == (0, (shared.person_id,))
    see_everything(session, as_="test")
    assert projection.list_marked_people(now=utc_now(), most=5) == [shared.person_id]
    keep(session)
    assert projection.project_marked(now=utc_now()).people == 1

"""Production starts only with a database role that cannot lift the database's own locks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from careplan.db import embedded
from careplan.db.role import what_is_wrong_with_role

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def url(server: embedded.EmbeddedServer, database_name: str):  # type: ignore[no-untyped-def]  # a function of a role
    def of(role: str) -> str:
        return server.url(role=role, database=database_name).replace("postgresql://", "postgresql+psycopg://", 1)

    return of


class TestWhatIsWrongWithRole:
    def test_nothing_with_the_applications_own(self, url) -> None:  # type: ignore[no-untyped-def]  # see the fixture
        assert what_is_wrong_with_role(url(embedded.APP_ROLE)) is None

    def test_a_superuser(self, url) -> None:  # type: ignore[no-untyped-def]  # see the fixture
        assert "superuser" in str(what_is_wrong_with_role(url(embedded.SUPERUSER)))

    def test_the_owner_of_the_tables(self, url) -> None:  # type: ignore[no-untyped-def]  # see the fixture
        assert "owns the tables" in str(what_is_wrong_with_role(url(embedded.OWNER_ROLE)))

    def test_a_database_that_is_away(self) -> None:
        assert "does not answer" in str(what_is_wrong_with_role("postgresql+psycopg://app@127.0.0.1:9/none"))


class TestServe:
    def test_says_which_setting_keeps_production_from_starting(self, url, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # see the fixture
        key = tmp_path / "key.pem"
        key.write_text("a key")
        answer = careplan(
            "serve",
            CAREPLAN_ENV="production",
            CAREPLAN_DATABASE_URL=url(embedded.OWNER_ROLE),
            CAREPLAN_SECRET="s" * 40,
            CAREPLAN_COUNCIL="Northbridge Council",
            CAREPLAN_HELP_LINE="01632 960 123",
            CAREPLAN_PUBLIC_URL="https://careplan.example",
            CAREPLAN_OIDC_METADATA_URL="https://sign-in.example/.well-known/openid-configuration",
            CAREPLAN_OIDC_PRIVATE_KEY=str(key),
        )

        assert answer.returncode == 2
        assert "CAREPLAN_DATABASE_URL: the role careplan_owner owns the tables" in answer.stderr


class TestTheDemosCommands:
    def test_exist_in_the_demo_only(self) -> None:
        assert "No such command 'demo'" in careplan("demo", "ids", CAREPLAN_ENV="production").stderr

    @pytest.mark.parametrize("command", [("demo", "ids"), ("demo", "session", "nurse"), ("audit", "verify")])
    def test_say_that_no_demo_runs_here(self, tmp_path: Path, command: tuple[str, ...]) -> None:
        answer = careplan(*command, CAREPLAN_ENV="demo", CAREPLAN_VAR=str(tmp_path))

        assert answer.returncode == 3
        assert "No demo is running in this folder" in answer.stderr


def careplan(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("CAREPLAN_")}
    return subprocess.run(
        [sys.executable, "-m", "careplan", *command],
        check=False,
        cwd=ROOT,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
    )

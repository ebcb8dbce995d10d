"""Settings are refused as a whole, and each wrong or missing value is named with what would be accepted."""

from pathlib import Path

import pytest

from careplan.config import BadSettings, Settings, load_settings

GOOD = {"CAREPLAN_ENV": "test", "CAREPLAN_DATABASE_URL": "postgresql://careplan_app@/careplan"}


def problems_of(**changes: str) -> list[str]:
    with pytest.raises(BadSettings) as refused:
        load_settings({**GOOD, **changes})
    return refused.value.problems


class TestLoadSettings:
    def test_needs_little_outside_production(self) -> None:
        settings = load_settings(GOOD)

        assert settings.public_url == "http://127.0.0.1:8000"
        assert settings.session_idle == 1800

    @pytest.mark.parametrize(
        ("name", "value", "accepted"),
        [
            ("CAREPLAN_ENV", "live", "one of demo, test, production"),
            ("CAREPLAN_DATABASE_URL", "sqlite:///here.db", "postgresql://"),
            ("CAREPLAN_OWNER_DATABASE_URL", "mysql://somewhere", "postgresql://"),
            ("CAREPLAN_SECRET", "short", "32 characters or more"),
            ("CAREPLAN_PORT", "eighty", "a whole number from 1 to 65535"),
            ("CAREPLAN_PORT", "70000", "a whole number from 1 to 65535"),
            ("CAREPLAN_METRICS_PORT", "0", "a whole number from 1 to 65535"),
            ("CAREPLAN_PUBLIC_URL", "careplan.example", "an address that begins with https:// or http://"),
            ("CAREPLAN_OIDC_METADATA_URL", "ftp://provider", "an address that begins with https:// or http://"),
            ("CAREPLAN_OIDC_PRIVATE_KEY", "/nowhere/key.pem", "the path of a file that exists"),
            ("CAREPLAN_WORKERS", "0", "a whole number from 1 to 64"),
            ("CAREPLAN_THREADS", "many", "a whole number from 1 to 64"),
            ("CAREPLAN_SESSION_IDLE", "5", "a whole number from 60 to 86400"),
            ("CAREPLAN_SESSION_LONGEST", "-1", "a whole number from 60 to 604800"),
            ("CAREPLAN_LOG_LEVEL", "chatty", "one of debug, info, warning, error"),
        ],
    )
    def test_names_a_wrong_value_and_says_what_is_accepted(self, name: str, value: str, accepted: str) -> None:
        (problem,) = problems_of(**{name: value})

        assert problem.startswith(f"{name} is not accepted")
        assert accepted in problem

    def test_names_a_missing_value(self) -> None:
        assert problems_of(CAREPLAN_DATABASE_URL="")[0].startswith("CAREPLAN_DATABASE_URL is missing")

    def test_gathers_every_problem_before_it_stops(self) -> None:
        assert len(problems_of(CAREPLAN_PORT="x", CAREPLAN_LOG_LEVEL="y", CAREPLAN_SECRET="z")) == 3

    def test_asks_for_nothing_of_notify_while_no_message_leaves(self) -> None:
        assert load_settings({**GOOD, "CAREPLAN_NOTIFY_API_KEY": "wrong"}).messages.channels == frozenset()

    @pytest.mark.parametrize(
        ("channel", "missing"),
        [
            ("email", ["CAREPLAN_NOTIFY_API_KEY", "CAREPLAN_NOTIFY_EMAIL_TEMPLATE"]),
            ("text", ["CAREPLAN_NOTIFY_API_KEY", "CAREPLAN_NOTIFY_TEXT_TEMPLATE"]),
            (
                "both",
                ["CAREPLAN_NOTIFY_API_KEY", "CAREPLAN_NOTIFY_EMAIL_TEMPLATE", "CAREPLAN_NOTIFY_TEXT_TEMPLATE"],
            ),
        ],
    )
    def test_asks_for_what_a_channel_needs_once_it_is_switched_on(self, channel: str, missing: list[str]) -> None:
        assert [p.split()[0] for p in problems_of(CAREPLAN_MESSAGES=channel)] == missing

    def test_takes_what_notify_gives_out(self) -> None:
        template = "11111111-2222-4333-8444-555555555555"
        key = f"council-live-{template}-{template}"

        messages = load_settings(
            {
                **GOOD,
                "CAREPLAN_MESSAGES": "email",
                "CAREPLAN_NOTIFY_API_KEY": key,
                "CAREPLAN_NOTIFY_EMAIL_TEMPLATE": template,
            }
        ).messages

        assert (messages.channels, messages.email_template) == (frozenset({"email"}), template)
        assert key not in repr(messages)

    def test_refuses_a_key_that_is_none(self) -> None:
        said = problems_of(CAREPLAN_MESSAGES="email", CAREPLAN_NOTIFY_API_KEY="secret")

        assert said[0] == (
            "CAREPLAN_NOTIFY_API_KEY is not accepted: it must be an API key as GOV.UK Notify gives it out."
        )

    def test_never_repeats_a_value(self) -> None:
        assert "hunter2" not in "".join(problems_of(CAREPLAN_SECRET="hunter2"))

    def test_keeps_secrets_out_of_what_it_says_of_itself(self) -> None:
        settings = load_settings({**GOOD, "CAREPLAN_SECRET": "s" * 40, "CAREPLAN_ANCHOR_KEY": "k" * 40})

        assert "s" * 40 not in repr(settings)
        assert "k" * 40 not in repr(settings)


class TestProduction:
    @pytest.fixture
    def fit(self, tmp_path: Path) -> dict[str, str]:
        key = tmp_path / "key.pem"
        key.write_text("a key")
        return {
            "CAREPLAN_ENV": "production",
            "CAREPLAN_DATABASE_URL": "postgresql://careplan_app@db/careplan",
            "CAREPLAN_SECRET": "a secret of this council's own, long enough",
            "CAREPLAN_COUNCIL": "Northbridge Council",
            "CAREPLAN_HELP_LINE": "01632 960 123",
            "CAREPLAN_PUBLIC_URL": "https://careplan.example",
            "CAREPLAN_OIDC_METADATA_URL": "https://sign-in.example/.well-known/openid-configuration",
            "CAREPLAN_OIDC_PRIVATE_KEY": str(key),
        }

    def test_starts_when_all_is_fit(self, fit: dict[str, str]) -> None:
        assert load_settings(fit).cookie_name == "__Host-careplan"

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("CAREPLAN_COUNCIL", ""),
            ("CAREPLAN_HELP_LINE", ""),
            ("CAREPLAN_SECRET", ""),
            ("CAREPLAN_SECRET", "short"),
            ("CAREPLAN_SECRET", "the demo's secret is known to everyone who reads this"),
            ("CAREPLAN_PUBLIC_URL", "http://careplan.example"),
            ("CAREPLAN_OIDC_METADATA_URL", ""),
            ("CAREPLAN_OIDC_METADATA_URL", "http://127.0.0.1:8001/.well-known/openid-configuration"),
            ("CAREPLAN_OIDC_ISSUER_ALIAS", "demo"),
            ("CAREPLAN_OIDC_PRIVATE_KEY", ""),
            ("FLASK_DEBUG", "1"),
        ],
    )
    def test_refuses_what_is_fit_for_a_demo_only_and_says_which(
        self, fit: dict[str, str], name: str, value: str
    ) -> None:
        (problem,) = problems_of(**{**fit, name: value})

        assert problem.startswith(name)


def test_two_demos_have_cookies_of_their_own() -> None:
    def cookie(port: str) -> str:
        settings: Settings = load_settings({**GOOD, "CAREPLAN_ENV": "demo", "CAREPLAN_PORT": port})
        return settings.cookie_name

    assert cookie("8000") != cookie("8010")

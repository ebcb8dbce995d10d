"""The one place that reads the environment."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

LEAST_SECRET_LENGTH = 32
ENVIRONMENTS = ("demo", "test", "production")
DEMO_ALIAS = "demo"
DEMO_SECRET = "the demo's secret is known to everyone who reads this"  # noqa: S105  it guards invented people only
NOTIFY = "https://api.notifications.service.gov.uk"
CHANNELS = {"none": (), "email": ("email",), "text": ("text",), "both": ("email", "text")}
UUID_SHAPE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# A name, the service's id and the secret itself, joined by dashes.
NOTIFY_KEY = re.compile(rf".+-{UUID_SHAPE.pattern}-{UUID_SHAPE.pattern}")

T = TypeVar("T")


class BadSettings(Exception):
    """One or more values are missing or wrong; each line says which and what would be accepted."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("careplan cannot start:\n" + "\n".join(f"  - {p}" for p in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class SignIn:
    """The OpenID Connect provider and our registration with it.

    Accounts are kept under the provider's issuer, or under an alias for it where its address may change.
    """

    metadata_url: str
    client_id: str
    private_key_path: Path | None
    issuer_alias: str | None = None


@dataclass(frozen=True, slots=True)
class Messages:
    """Through which channels messages leave, and our account with GOV.UK Notify; with no channel none leaves."""

    channels: frozenset[str] = frozenset()
    api_key: str = field(default="", repr=False)
    email_template: str = ""
    text_template: str = ""
    api_url: str = NOTIFY


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between one deployment and another. Durations are in seconds."""

    environment: str
    database_url: str
    secret: str = field(repr=False)
    host: str
    port: int
    metrics_port: int | None
    public_url: str
    sign_in: SignIn
    var: Path
    workers: int
    threads: int
    session_idle: int
    session_longest: int
    log_level: str
    council_name: str
    service_name: str
    help_line: str
    proxies: int = 0
    complaint_days: int = 10
    owner_database_url: str | None = None
    anchor_key: str | None = field(default=None, repr=False)
    messages: Messages = Messages()

    @property
    def is_demo(self) -> bool:
        return self.environment == "demo"

    @property
    def cookie_name(self) -> str:
        """Cookies ignore ports, so that of a demo ends in its port: two demos do not sign each other out."""
        return f"__Host-careplan-{self.port}" if self.is_demo else "__Host-careplan"


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process.

    Raises BadSettings naming every missing or wrong value at once.
    """
    reader = _Reader(environ)
    environment = reader.choice("CAREPLAN_ENV", ENVIRONMENTS, default="demo")
    production = environment == "production"
    port = reader.number("CAREPLAN_PORT", least=1, most=65535, default=8000)
    settings = Settings(
        environment=environment,
        database_url=reader.database("CAREPLAN_DATABASE_URL"),
        council_name=reader.text("CAREPLAN_COUNCIL", default=None if production else "Northbridge Council"),
        service_name=reader.text(
            "CAREPLAN_SERVICE", default="Northbridge care plans" if not production else "Care plans"
        ),
        help_line=reader.text("CAREPLAN_HELP_LINE", default=None if production else "01632 960 155"),
        complaint_days=reader.number("CAREPLAN_COMPLAINT_DAYS", least=1, most=60, default=10),
        owner_database_url=reader.optional_database("CAREPLAN_OWNER_DATABASE_URL"),
        secret=reader.secret("CAREPLAN_SECRET", production=production),
        host=reader.text("CAREPLAN_HOST", default="127.0.0.1"),
        port=port,
        metrics_port=reader.optional_number("CAREPLAN_METRICS_PORT", least=1, most=65535),
        public_url=reader.url("CAREPLAN_PUBLIC_URL", default=f"http://127.0.0.1:{port}"),
        sign_in=SignIn(
            metadata_url=reader.url(
                "CAREPLAN_OIDC_METADATA_URL",
                default=None if production else "http://127.0.0.1:8001/.well-known/openid-configuration",
            ),
            client_id=reader.text("CAREPLAN_OIDC_CLIENT_ID", default="careplan"),
            private_key_path=reader.optional_path("CAREPLAN_OIDC_PRIVATE_KEY"),
            issuer_alias=environ.get("CAREPLAN_OIDC_ISSUER_ALIAS"),
        ),
        var=Path(reader.text("CAREPLAN_VAR", default="var")),
        workers=reader.number("CAREPLAN_WORKERS", least=1, most=64, default=1),
        threads=reader.number("CAREPLAN_THREADS", least=1, most=64, default=8),
        session_idle=reader.number("CAREPLAN_SESSION_IDLE", least=60, most=86400, default=30 * 60),
        session_longest=reader.number("CAREPLAN_SESSION_LONGEST", least=60, most=7 * 86400, default=12 * 3600),
        proxies=reader.number("CAREPLAN_PROXIES", least=0, most=9, default=0),
        log_level=reader.choice("CAREPLAN_LOG_LEVEL", ("debug", "info", "warning", "error"), default="info"),
        anchor_key=environ.get("CAREPLAN_ANCHOR_KEY"),
        messages=_messages(reader),
    )
    reader.problems += _production_problems(settings, environ) if production else []
    if reader.problems:
        raise BadSettings(reader.problems)
    return settings


def _messages(reader: "_Reader") -> Messages:
    """What Notify needs is asked for only where a channel is switched on."""
    channels = frozenset(CHANNELS[reader.choice("CAREPLAN_MESSAGES", tuple(CHANNELS), default="none")])
    if not channels:
        return Messages()
    return Messages(
        channels=channels,
        api_key=reader.shaped("CAREPLAN_NOTIFY_API_KEY", NOTIFY_KEY, "an API key as GOV.UK Notify gives it out"),
        email_template=reader.template("CAREPLAN_NOTIFY_EMAIL_TEMPLATE") if "email" in channels else "",
        text_template=reader.template("CAREPLAN_NOTIFY_TEXT_TEMPLATE") if "text" in channels else "",
        api_url=reader.url("CAREPLAN_NOTIFY_URL", default=NOTIFY),
    )


def _production_problems(settings: Settings, environ: Mapping[str, str]) -> list[str]:
    problems = []
    if environ.get("FLASK_DEBUG", "0") not in ("", "0"):
        problems.append("FLASK_DEBUG is on; production never runs in debug. Unset it.")
    if urlsplit(settings.public_url).scheme != "https":
        problems.append("CAREPLAN_PUBLIC_URL must begin with https:// in production.")
    problems += _demo_sign_in_problems(settings.sign_in)
    if settings.sign_in.private_key_path is None:
        problems.append("CAREPLAN_OIDC_PRIVATE_KEY is missing: the path of our private key in PEM form.")
    return problems


def _demo_sign_in_problems(sign_in: SignIn) -> list[str]:
    """The demo's provider lets anybody be anyone, and its accounts lie under its alias."""
    problems = []
    if sign_in.metadata_url and urlsplit(sign_in.metadata_url).scheme != "https":
        problems.append(
            "CAREPLAN_OIDC_METADATA_URL must begin with https:// in production; the demo's sign-in is refused."
        )
    if sign_in.issuer_alias == DEMO_ALIAS:
        problems.append("CAREPLAN_OIDC_ISSUER_ALIAS is that of the demo's sign-in, which production refuses. Unset it.")
    return problems


class _Reader:
    """Reads values one by one and gathers what is wrong with them instead of stopping at the first."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []

    def text(self, name: str, *, default: str | None = None) -> str:
        return self._read(name, str, default, "a text")

    def choice(self, name: str, among: tuple[str, ...], *, default: str) -> str:
        return self._read(name, lambda v: v if v in among else _refuse(), default, f"one of {', '.join(among)}")

    def number(self, name: str, *, least: int, most: int, default: int) -> int:
        def parse(value: str) -> int:
            return int(value) if least <= int(value) <= most else _refuse()

        return self._read(name, parse, default, f"a whole number from {least} to {most}")

    def optional_number(self, name: str, *, least: int, most: int) -> int | None:
        return self.number(name, least=least, most=most, default=least) if self.environ.get(name) else None

    def url(self, name: str, *, default: str | None) -> str:
        def parse(value: str) -> str:
            parts = urlsplit(value)
            return value.rstrip("/") if parts.scheme in ("http", "https") and parts.netloc else _refuse()

        return self._read(name, parse, default, "an address that begins with https:// or http://")

    def database(self, name: str) -> str:
        def parse(value: str) -> str:
            if not value.startswith(("postgresql://", "postgresql+psycopg://")):
                _refuse()
            return value.replace("postgresql://", "postgresql+psycopg://", 1)

        return self._read(name, parse, None, "postgresql://role:password@host/database")

    def optional_database(self, name: str) -> str | None:
        return self.database(name) if self.environ.get(name) else None

    def optional_path(self, name: str) -> Path | None:
        def parse(value: str) -> Path:
            return Path(value) if Path(value).is_file() else _refuse()

        return self._read(name, parse, Path(), "the path of a file that exists") if self.environ.get(name) else None

    def shaped(self, name: str, shape: re.Pattern[str], accepted: str) -> str:
        return self._read(name, lambda v: v if shape.fullmatch(v) else _refuse(), None, accepted)

    def template(self, name: str) -> str:
        return self.shaped(name, UUID_SHAPE, "the id of a template at GOV.UK Notify")

    def secret(self, name: str, *, production: bool) -> str:
        def parse(value: str) -> str:
            return value if len(value) >= LEAST_SECRET_LENGTH and value != DEMO_SECRET else _refuse()

        default = None if production else DEMO_SECRET
        accepted = f"a secret of {LEAST_SECRET_LENGTH} characters or more that is not the demo's"
        return self._read(name, parse, default, accepted)

    def _read(self, name: str, parse: Callable[[str], T], default: T | None, accepted: str) -> T:
        value = self.environ.get(name)
        if not value:
            if default is None:
                self.problems.append(f"{name} is missing: {accepted}.")
            return default  # type: ignore[return-value]  # a missing value is a problem, raised before use
        try:
            return parse(value)
        except ValueError:
            self.problems.append(f"{name} is not accepted: it must be {accepted}.")
            return default  # type: ignore[return-value]  # the same


def _refuse() -> T:  # type: ignore[type-var]  # it never returns
    raise ValueError

"""Those who walk: a person with a plan in force, a trust's system, and a browser that signs in for real."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient

from careplan.access import service as access
from careplan.access.domain.actor import Role
from careplan.app import create_app
from careplan.config import Settings
from careplan.db import db
from careplan.db.scope import see_everything
from careplan.demo.personas import ISSUER
from careplan.kernel.clock import at_local, local_date, utc_now
from careplan.organisations.domain.organisation import Organisation, OrganisationKind
from careplan.people import service as people
from tests.factories.fhir import System, register_trust, system_for
from tests.factories.organisations import make_organisation
from tests.factories.provider import running_provider
from tests.factories.visits import Care, make_care

ADDRESS = "http://127.0.0.1:8000"


@pytest.fixture
def commit(session: Any) -> Callable[[], None]:
    """Lets the application see what was arranged, and goes on seeing everything."""

    def committed() -> None:
        session.commit()
        see_everything(session, as_="test")

    return committed


@pytest.fixture
def now() -> datetime:
    return utc_now().replace(microsecond=0)


@pytest.fixture
def noon(now: datetime) -> datetime:
    """Today at twelve by London's clocks."""
    return at_local(local_date(now), time(12))


@pytest.fixture
def care(session: Any, now: datetime, commit: Callable[[], None]) -> Care:
    """A person whose plan has been in force for a week, and the two who come to her."""
    made = make_care(now=now)
    commit()
    return made


@pytest.fixture
def trust(care: Care, now: datetime, commit: Callable[[], None]) -> Organisation:
    """A trust with which she shares her record."""
    found = make_organisation(kind=OrganisationKind.NHS_TRUST, name="Northbridge Community Healthcare NHS Trust")
    register_trust(found)
    people.open_sharing(
        person_id=care.person_id, organisation_id=found.id, actor=care.around.social_worker,
        now=now - timedelta(hours=1),
    )  # fmt: skip
    commit()
    return found


@pytest.fixture
def system(client: FlaskClient, trust: Organisation) -> System:
    """The trust's system, with a token."""
    return system_for(client)


@pytest.fixture
def signing_in(
    app: Flask, session: Any, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FlaskClient]:
    """A browser signed out, of somebody whom the sign-in provider knows."""
    access.open_account(issuer=ISSUER, subject="citizen", name="Margaret Ellis", role=Role.CITIZEN, now=utc_now())
    session.commit()
    with running_provider(folder=tmp_path_factory.mktemp("provider"), client_address=ADDRESS) as running:
        built = create_app(replace(settings, sign_in=running.sign_in, public_url=ADDRESS))
        browser = built.test_client()
        browser.environ_base["wsgi.url_scheme"] = "https"
        yield browser
        with built.app_context():
            db.engine.dispose()


def pick_at_provider(address: str) -> str:
    """Picks the citizen there; answers the path to which the browser is sent back."""
    answer = requests.get(f"{address}&persona=citizen", allow_redirects=False, timeout=10)
    return str(answer.headers["Location"]).removeprefix(ADDRESS)

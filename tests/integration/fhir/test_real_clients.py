"""Clients that others wrote work unchanged, against a server that listens."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from fhirclient import client as smart
from fhirclient.models.goal import Goal
from fhirclient.models.patient import Patient
from werkzeug.serving import make_server

from careplan.app import create_app
from careplan.db import db
from tests.factories.fhir import rsa_key

KEPT_BY_OTHERS = "ignore:unclosed:ResourceWarning"


@pytest.fixture
def address(app, settings) -> Iterator[str]:
    """Where a server of the product listens, on a port that was free."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    public_url = f"http://127.0.0.1:{server.server_port}"
    # Its own address stands in what it says, and is known only now that it listens.
    listening = server.app = create_app(replace(settings, public_url=public_url))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield public_url
    server.shutdown()
    thread.join()
    server.server_close()
    with listening.app_context():
        db.engine.dispose()


@pytest.fixture
def token(address, trust) -> str:
    """A token that Authlib asked for."""
    endpoint = f"{address}/oauth/token"
    session = OAuth2Session(
        "trust",
        rsa_key().as_pem(private=True),
        scope="system/*.rs",
        token_endpoint_auth_method=PrivateKeyJWT(
            endpoint, alg="RS384", headers={"kid": "rsa-1"}, claims={"exp": int(time.time()) + 240}
        ),
    )
    try:
        return session.fetch_token(endpoint, grant_type="client_credentials")["access_token"]
    finally:
        session.close()


@pytest.fixture
def reader(address, token) -> smart.FHIRClient:
    """fhirclient, with the token that Authlib got."""
    reader = smart.FHIRClient(settings={"app_id": "trust", "api_base": f"{address}/fhir/R4"})
    reader.prepare()
    reader.server.auth.access_token = token
    return reader


@pytest.mark.filterwarnings(KEPT_BY_OTHERS)
def test_fhirclient_reads_and_searches(reader, shared):
    person = Patient.read(str(shared.person_id), reader.server)

    assert person.name[0].family == "Ellis"
    assert person.identifier[0].system == "https://fhir.nhs.uk/Id/nhs-number"
    goals = Goal.where({"patient": str(shared.person_id), "_count": "1"}).perform_resources_iter(reader.server)
    assert [g.description.text for g in goals] == ["I want to walk to the garden and back on my own."]
    reader.server.session.close()


@pytest.mark.filterwarnings(KEPT_BY_OTHERS)
def test_fhirclient_reads_everything(reader, shared):
    found = reader.server.request_json(f"Patient/{shared.person_id}/$everything")

    assert {e["fullUrl"].rsplit("/", 2)[1] for e in found["entry"]} > {"Patient", "CarePlan", "Goal", "Organization"}
    reader.server.session.close()

"""Every route says who may use it; what may not be seen looks like what does not exist."""

import pytest
from flask import Blueprint, Flask
from sqlalchemy import select

from careplan.access import guard
from careplan.access.models import AuditEvent
from careplan.app import UNGUARDED


def test_a_route_without_a_policy_keeps_the_application_from_starting():
    app = Flask("bare")
    blueprint = Blueprint("bare", __name__)
    blueprint.get("/open")(lambda: "open")
    app.register_blueprint(blueprint)

    with pytest.raises(guard.UnguardedRoute, match="/open"):
        guard.refuse_unguarded_routes(app, exempt=UNGUARDED)


def test_every_route_of_the_application_declares_its_policy(application):
    bare = [
        rule.rule
        for rule in application.url_map.iter_rules()
        if rule.endpoint not in UNGUARDED and guard.policy_of(application.view_functions[rule.endpoint]) is None
    ]

    assert bare == []


def test_a_page_under_the_json_interface_answers_401_to_someone_signed_out(application, client):
    paths = [
        r.rule for r in application.url_map.iter_rules() if r.rule.startswith("/api/v1/") and "GET" in r.methods
        and not r.arguments and guard.policy_of(application.view_functions[r.endpoint]) != "public"
    ]  # fmt: skip

    assert {client.get(p).status_code for p in paths} <= {401}


def test_nothing_is_audited_where_nobody_is_signed_in(client, session):
    client.get("/")

    assert session.scalars(select(AuditEvent)).all() == []

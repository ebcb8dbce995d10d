"""Which pages stand in the navigation, and which is marked."""

from types import SimpleNamespace

import pytest
from flask import Flask

from careplan.access.domain.actor import Role
from careplan.web.navigation import PAGES, navigation


@pytest.fixture
def small() -> Flask:
    """An application that has some of the pages."""
    app = Flask("small")
    for address in ("/me", "/me/plan", "/me/hours", "/people", "/people/<person_id>"):
        app.add_url_rule(address, endpoint=address, view_func=str)
    app.add_url_rule("/requests", endpoint="requests", view_func=str, methods=["POST"])
    return app


def labels(app: Flask, role: str, path: str) -> list[tuple[str, bool]]:
    with app.test_request_context(path):
        return [(link.address, link.current) for link in navigation(app, SimpleNamespace(role=role))]


class TestNavigation:
    def test_names_only_pages_that_are_there(self, small: Flask) -> None:
        assert labels(small, "social_worker", "/help") == [("/people", False)]

    def test_marks_the_page_itself(self, small: Flask) -> None:
        assert labels(small, "citizen", "/me") == [("/me", True), ("/me/plan", False), ("/me/hours", False)]

    def test_marks_the_nearest_page_above(self, small: Flask) -> None:
        assert labels(small, "citizen", "/me/plan/ask") == [("/me", False), ("/me/plan", True), ("/me/hours", False)]

    def test_is_empty_for_somebody_signed_out(self, small: Flask) -> None:
        with small.test_request_context("/me"):
            assert navigation(small, None) == ()

    def test_is_empty_for_an_unknown_role(self, small: Flask) -> None:
        assert labels(small, "stranger", "/me") == []

    def test_knows_only_roles_that_exist(self) -> None:
        assert set(PAGES) <= {str(role) for role in Role}

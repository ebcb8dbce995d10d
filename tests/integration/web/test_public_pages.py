"""Pages for everyone, and the shell around every page."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.fixtures.web import samples
from tests.pages import submit, token_on

PAGES = ["/sign-in", "/signed-out", "/help", "/accessibility", "/privacy", "/settings/reading"]


class TestEveryPage:
    @pytest.mark.parametrize("address", PAGES)
    def test_has_a_title_one_heading_a_language_and_a_way_past_the_header(
        self, client: FlaskClient, address: str
    ) -> None:
        page = client.get(address).text

        assert page.count("<h1") == 1
        assert '<html lang="en-GB"' in page
        assert " – Northbridge care plans</title>" in page
        assert page.index('href="#main"') < page.index("<header")

    @pytest.mark.parametrize("address", PAGES)
    def test_shows_help_accessibility_and_privacy(self, client: FlaskClient, address: str) -> None:
        page = client.get(address).text

        assert all(f'href="{to}"' in page for to in ("/help", "/accessibility", "/privacy"))

    def test_offers_to_sign_out_by_a_form_with_a_token(self, app: Flask) -> None:
        page = samples.draw(app, "person.html", actor=samples.SOCIAL_WORKER)

        assert '<form method="post" action="/sign-out">' in page
        assert "Sam Reed" in page

    def test_shows_nobody_when_nobody_is_signed_in(self, client: FlaskClient) -> None:
        assert "sign-out" not in client.get("/help").text

    def test_shows_what_was_done(self, app: Flask) -> None:
        assert "The visit is saved." in samples.draw(app, "form.html")


class TestAFormSentBack:
    def test_says_so_in_the_title_and_keeps_what_was_typed(self, app: Flask) -> None:
        page = samples.draw(app, "form.html", post={"name": 'Joy "<b>"', "day-day": "31", "day-month": "2"})

        assert "<title>Error: Plan a visit" in page
        assert 'value="Joy &#34;&lt;b&gt;&#34;"' in page
        assert 'value="31"' in page
        assert 'href="#day-day"' in page
        assert 'id="day-day"' in page


class TestTheSizeOfTheWords:
    def test_is_kept_and_shown_on_every_page(self, client: FlaskClient) -> None:
        client.environ_base["wsgi.url_scheme"] = "https"
        answer = submit(client, "/settings/reading", {"size": "150"})

        assert (answer.status_code, answer.location) == (303, "/settings/reading")
        assert "Saved." in client.get("/settings/reading").text
        assert "text-150" in client.get("/help").text

    @pytest.mark.parametrize("size", ["", "90", "x", "1000", "<script>"])
    def test_is_one_of_three(self, client: FlaskClient, size: str) -> None:
        client.environ_base["wsgi.url_scheme"] = "https"
        answer = submit(client, "/settings/reading", {"size": size})

        assert answer.status_code == 422
        assert "Choose one of these" in answer.text
        assert token_on(answer)

    def test_is_not_taken_from_a_cookie_that_we_did_not_set(self, client: FlaskClient) -> None:
        client.set_cookie("__Host-careplan-text", '150" onload="x', secure=True)

        assert "onload" not in client.get("/help", base_url="https://localhost").text

"""What every answer tells the browser, and which answers may be kept."""

import gzip

import pytest
from flask.testing import FlaskClient

from careplan.web.headers import ALWAYS, POLICY

ADDRESSES = ["/", "/sign-in", "/help", "/nothing", "/api/v1/nothing", "/healthz", "/static/css/careplan.css",
             "/static/nothing.css", "/fail/unforeseen", "/fail/database", "/api/v1/fail/unforeseen"]  # fmt: skip


class TestEveryAnswer:
    @pytest.mark.parametrize("address", ADDRESSES)
    def test_carries_the_headers(self, browser: FlaskClient, address: str) -> None:
        headers = browser.get(address).headers

        assert {name: headers.get(name) for name in ALWAYS} == ALWAYS

    @pytest.mark.parametrize("address", [a for a in ADDRESSES if a != "/static/css/careplan.css"])
    def test_is_kept_by_nobody_unless_it_is_a_static_file(self, browser: FlaskClient, address: str) -> None:
        assert browser.get(address).headers["Cache-Control"] == "no-store"


class TestPolicy:
    def test_lets_no_script_or_style_stand_in_a_page(self) -> None:
        assert "unsafe" not in ALWAYS["Content-Security-Policy"]
        assert POLICY["default-src"] == "'none'"

    def test_names_no_other_site(self) -> None:
        assert "//" not in ALWAYS["Content-Security-Policy"]
        assert "*" not in ALWAYS["Content-Security-Policy"]


class TestStaticFiles:
    @pytest.mark.parametrize(("query", "age"), [("?v=1", "31536000, immutable"), ("", "86400")])
    def test_are_kept_for_good_when_named_by_their_content(self, browser: FlaskClient, query: str, age: str) -> None:
        answer = browser.get(f"/static/css/careplan.css{query}")

        assert answer.headers["Cache-Control"] == f"public, max-age={age}"

    def test_are_sent_compressed_to_who_takes_it(self, browser: FlaskClient) -> None:
        plain = browser.get("/static/css/careplan.css").data
        squeezed = browser.get("/static/css/careplan.css", headers={"Accept-Encoding": "gzip"})

        assert squeezed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(squeezed.data) == plain

    def test_are_not_sent_twice_to_who_has_them(self, browser: FlaskClient) -> None:
        asked = {"Accept-Encoding": "gzip"}
        tag = browser.get("/static/css/careplan.css", headers=asked).headers["ETag"]

        assert browser.get("/static/css/careplan.css", headers=asked | {"If-None-Match": tag}).status_code == 304

    @pytest.mark.parametrize("path", ["../setup.cfg", "%2e%2e/setup.cfg", "css/../../setup.cfg", "/etc/passwd.css"])
    @pytest.mark.parametrize("encoding", ["gzip", "identity"])
    def test_are_only_those_of_our_folder(self, browser: FlaskClient, path: str, encoding: str) -> None:
        answer = browser.get(f"/static/{path}", headers={"Accept-Encoding": encoding})

        assert answer.status_code in (301, 308, 404)

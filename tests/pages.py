"""Walks pages as a browser without JavaScript would: read a form, fill it in, send it."""

import re
from collections.abc import Mapping
from typing import Any

from flask import g, has_app_context
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
SCRIPT_HEADERS = {"X-Requested-With": "tests", "Sec-Fetch-Site": "same-origin"}


def token_on(page: TestResponse) -> str:
    """The token that a page's form carries."""
    found = TOKEN.search(page.text)
    assert found is not None, f"no form on the page:\n{page.text[:2000]}"
    return found[1]


def submit(
    browser: FlaskClient, address: str, fields: Mapping[str, Any] | None = None, *, to: str | None = None
) -> TestResponse:
    """Opens the page at `address` and sends its form, to itself or `to` another address."""
    if has_app_context():
        # A test that holds the application's context shares it with its requests, and so with those of other browsers.
        g.pop("csrf_token", None)
    token = token_on(browser.get(address))
    return browser.post(to or address, data={"csrf_token": token, **(fields or {})})


def send_json(browser: FlaskClient, address: str, body: Any, *, method: str = "POST", **headers: str) -> TestResponse:
    """Sends JSON as a script of our own would."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return browser.open(address, method=method, json=body, headers={**SCRIPT_HEADERS, **given})

"""Signing in as people do it: with a browser, with and without scripts, on a telephone and on a desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.steps import WIDTHS


class TestPickingAPersona:
    @pytest.mark.parametrize("width", WIDTHS)
    def test_is_readable(
        self, new_page: Callable[..., Page], no_axe_violations: Callable[[Page], None], width: int
    ) -> None:
        page = new_page(width=width)
        page.goto("/sign-in/start")

        no_axe_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    def test_needs_no_script(self, walk_in: Callable[..., Page]) -> None:
        page = walk_in("social-worker", scripts=False)

        assert page.url.endswith("/help")

    def test_keeps_two_browsers_apart(self, walk_in: Callable[..., Page]) -> None:
        one, other = walk_in("citizen"), walk_in("nurse")

        assert _session_of(one) != _session_of(other)


def _session_of(page: Page) -> str:
    """The cookie's value; it is out of reach of scripts and bound to this host."""
    (cookie,) = page.context.cookies()
    assert cookie["name"].startswith("__Host-")
    assert cookie["httpOnly"]
    assert cookie["secure"]
    return cookie["value"]

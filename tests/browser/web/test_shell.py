"""The shell in a real browser: every part of it at every width, in large text and forced colours, by keyboard alone."""

import gzip
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, Request, Route, expect

from careplan.web.headers import ALWAYS
from tests.browser.steps import turn
from tests.fixtures.web import samples

NewPage = Callable[..., Page]
Check = Callable[[Page], None]
WIDTHS = pytest.mark.parametrize("width", [320, 768, 1280])
PAGES = ["/sign-in", "/signed-out", "/help", "/accessibility", "/privacy", "/settings/reading", "/nothing-here"]
WRONG = {"day-day": "31", "day-month": "2", "day-year": "2026", "at": "25:00", "workers": "x", "note": "<b>typed</b>"}
LEAST_TARGET = 44
HEAVIEST_PAGE = 100_000
# Links inside text and lists of links are as high as their line, which WCAG lets them be.
SMALL_TARGETS = """
(least) => [...document.querySelectorAll(
    "main button, main select, main summary, main a.button, main label, header a, footer a")]
  .filter(e => e.offsetParent && !e.matches(".skip"))
  .filter(e => !e.matches("label") || e.querySelector("input") || e.previousElementSibling?.matches("input"))
  .filter(e => e.getBoundingClientRect().height < least)
  .map(e => e.outerHTML.slice(0, 120))
"""


def show(page: Page, html: str) -> None:
    """Opens a sample as the application would answer it, headers and all."""

    def answer(route: Route, request: Request) -> None:
        route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=ALWAYS)

    page.unroute("**/sample")
    page.route("**/sample", answer)
    page.goto("/sample")


def drawn(app: Flask) -> dict[str, str]:
    return {
        "home": samples.draw(app, "home.html", actor=samples.CITIZEN),
        "person": samples.draw(app, "person.html", actor=samples.SOCIAL_WORKER),
        "form": samples.draw(app, "form.html", actor=samples.SOCIAL_WORKER),
        "form sent back": samples.draw(app, "form.html", actor=samples.SOCIAL_WORKER, post=WRONG),
    }


def is_within(page: Page, width: int) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


class TestEveryPage:
    @WIDTHS
    def test_can_be_read_by_everyone(self, new_page: NewPage, no_axe_violations: Check, width: int) -> None:
        page = new_page(width=width)
        for address in PAGES:
            page.goto(address)
            no_axe_violations(page)
            assert is_within(page, width), address

    @WIDTHS
    def test_can_hold_every_part(self, app: Flask, new_page: NewPage, no_axe_violations: Check, width: int) -> None:
        page = new_page(width=width)
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        for name, html in drawn(app).items():
            show(page, html)
            no_axe_violations(page)
            assert is_within(page, width), name
        assert said == []

    def test_can_be_opened_out(self, app: Flask, new_page: NewPage, no_axe_violations: Check) -> None:
        page = new_page(width=320)
        show(page, drawn(app)["home"])
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")

        no_axe_violations(page)
        assert is_within(page, 320)

    def test_keeps_its_width_when_the_words_are_twice_as_big(self, app: Flask, new_page: NewPage) -> None:
        page = new_page(width=640)
        for name, html in drawn(app).items():
            show(page, html)
            page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
            assert is_within(page, 640), name

    def test_gives_fingers_room(self, app: Flask, new_page: NewPage) -> None:
        page = new_page(width=320)
        for html in drawn(app).values():
            show(page, html)
            assert page.evaluate(SMALL_TARGETS, LEAST_TARGET) == []

    def test_works_in_forced_colours(self, app: Flask, new_page: NewPage) -> None:
        page = new_page()
        page.emulate_media(forced_colors="active")
        show(page, drawn(app)["person"])

        assert page.locator(".card").first.evaluate("e => getComputedStyle(e).borderTopWidth") != "0px"

    def test_prints_without_what_is_only_for_screens(self, app: Flask, new_page: NewPage) -> None:
        page = new_page()
        page.emulate_media(media="print")
        show(page, drawn(app)["person"])

        expect(page.locator("header")).to_be_hidden()
        expect(page.locator("footer")).to_be_hidden()
        expect(page.locator("h1")).to_be_visible()


class TestKeyboard:
    def test_leads_past_the_header_first(self, app: Flask, new_page: NewPage) -> None:
        page = new_page()
        page.goto("/help")
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        expect(page.locator(".skip")).to_be_in_viewport()
        page.keyboard.press("Enter")

        expect(page.locator("main")).to_be_focused()

    def test_shows_where_it_is(self, new_page: NewPage) -> None:
        page = new_page()
        page.goto("/sign-in")
        page.locator("main .button").focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")

        assert page.locator("main .button").evaluate("e => getComputedStyle(e).outlineStyle") == "solid"

    def test_goes_from_an_error_to_its_field(self, app: Flask, new_page: NewPage) -> None:
        page = new_page()
        show(page, drawn(app)["form sent back"])
        page.get_by_role("link", name="Type a real date, such as 21 11 2026").click()

        expect(page.locator("#day-day")).to_be_focused()


class TestPictures:
    @pytest.mark.parametrize(("width", "shown", "hidden"), [(320, ".slim", ".wide"), (1280, ".wide", ".slim")])
    def test_change_their_shape_on_a_narrow_page(
        self, app: Flask, new_page: NewPage, width: int, shown: str, hidden: str
    ) -> None:
        page = new_page(width=width)
        show(page, drawn(app)["home"])

        expect(page.locator(f"#hours .picture {shown}")).to_be_visible()
        expect(page.locator(f"#hours .picture {hidden}")).to_be_hidden()


class TestWithoutScripts:
    def test_shows_and_sends_the_same(self, new_page: NewPage) -> None:
        page = new_page(width=320, scripts=False)
        page.goto("/settings/reading")
        page.get_by_label("Much bigger").check()
        turn(page.get_by_role("button", name="Save"))

        expect(page.get_by_role("status")).to_contain_text("Saved.")
        assert page.locator("html.text-150").count() == 1


class TestWeight:
    def test_is_under_a_hundred_kilobytes(self, app: Flask, new_page: NewPage) -> None:
        page = new_page()
        weights: dict[str, int] = {}
        page.on("response", lambda r: weights.__setitem__(r.url, int(r.headers.get("content-length", 0))))
        html = drawn(app)["form sent back"]
        show(page, html)
        page.wait_for_load_state("networkidle")

        static = sum(weight for address, weight in weights.items() if "/static/" in address)
        assert 30_000 < static + len(gzip.compress(html.encode())) < HEAVIEST_PAGE

"""A real browser against the real application, signed in through the demo's real provider.

    def test_shows_the_hours(browser_for, no_axe_violations):
        page = browser_for("citizen", width=320)
        page.goto("/me")
        no_axe_violations(page)

Whatever a test does, no page may ask anything of another site: that is checked when the test ends.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from careplan.access import queries, service, sessions
from careplan.app import create_app
from careplan.config import Settings
from careplan.db import db
from careplan.demo.personas import BY_SLUG, ISSUER
from careplan.demo.ports import any_free
from careplan.kernel.clock import utc_now
from tests.factories.provider import RunningProvider, running_provider

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 20_000  # milliseconds; two busy cores are slow at times
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Pages here have neither sound nor frames, and what was found to be right need not be told.
QUICK = {"resultTypes": ["violations"], "preload": False, "iframes": False}
VIOLATIONS = "options => axe.run(document, options).then(found => ({violations: found.violations}))"

BrowserFor = Callable[..., Page]


@pytest.fixture(scope="session")
def live_port() -> int:
    return any_free()


@pytest.fixture(scope="session")
def provider(tmp_path_factory: pytest.TempPathFactory, live_port: int) -> Iterator[RunningProvider]:
    """The sign-in provider, in a process of its own."""
    folder = tmp_path_factory.mktemp("provider")
    with running_provider(folder=folder, client_address=f"http://127.0.0.1:{live_port}") as running:
        yield running


@pytest.fixture(scope="session")
def live_address(settings: Settings, provider: RunningProvider, live_port: int) -> Iterator[str]:
    """The application at an address of its own, a thread a request, over this process's database."""
    address = f"http://127.0.0.1:{live_port}"
    application = create_app(replace(settings, sign_in=provider.sign_in, port=live_port, public_url=address))
    server = make_server("127.0.0.1", live_port, application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield address
    server.shutdown()
    thread.join(10)
    server.server_close()
    with application.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    path = os.environ.get("CAREPLAN_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert path, "Browser tests need Chromium: install it, or name it in CAREPLAN_CHROMIUM."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def new_page(app: Flask, chromium: Browser, live_address: str, provider: RunningProvider) -> Iterator[BrowserFor]:
    """Opens a page in a browser of its own, signed out, over the empty database of `app`."""
    opened: list[BrowserContext] = []
    asked: list[str] = []

    def open_page(*, width: int = 1280, scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=live_address, viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda request: asked.append(request.url))
        opened.append(context)
        return context.new_page()

    yield open_page
    for context in opened:
        context.close()
    ours = (f"{live_address}/", f"{provider.issuer}/")
    assert [url for url in asked if url.startswith("http") and not url.startswith(ours)] == []


@pytest.fixture
def browser_for(app: Flask, settings: Settings, new_page: BrowserFor, live_address: str) -> BrowserFor:
    """Gives a browser in which a persona is signed in already; opens their account first where a test has not."""

    def signed_in(slug: str, *, width: int = 1280, scripts: bool = True) -> Page:
        _ensure_account(app, slug)
        page = new_page(width=width, scripts=scripts)
        secure = live_address.replace("http://", "https://")
        cookie = {"name": settings.cookie_name, "value": _new_session(app, slug), "url": secure, "secure": True}
        page.context.add_cookies([cookie])
        return page

    return signed_in


@pytest.fixture
def walk_in(app: Flask, new_page: BrowserFor) -> BrowserFor:
    """Signs a persona in as people do, by walking through the provider."""

    def signed_in(slug: str, *, width: int = 1280, scripts: bool = True) -> Page:
        _ensure_account(app, slug)
        page = new_page(width=width, scripts=scripts)
        page.goto("/sign-in/start?next=/help")
        page.locator(f"[data-persona={slug}]").click()
        page.wait_for_url("**/help")
        return page

    return signed_in


@pytest.fixture(scope="session")
def no_axe_violations() -> Callable[..., None]:
    """Fails with each violation of WCAG 2.2 AA on the page as it stands, in words; `without` names rules left out."""

    def check(page: Page, *, without: tuple[str, ...] = ()) -> None:
        rules = {rule: {"enabled": False} for rule in without}
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        found = AxeResults(page.evaluate(VIOLATIONS, {**QUICK, "runOnly": WCAG, "rules": rules}))
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return check


def _new_session(app: Flask, slug: str) -> str:
    with app.app_context():
        actor = queries.find_account_by_subject(issuer=ISSUER, subject=slug, now=utc_now())
        assert actor is not None, slug
        return sessions.open_for_script(actor=actor, now=utc_now())


def _ensure_account(app: Flask, slug: str) -> None:
    persona = BY_SLUG[slug]
    with app.app_context():
        if queries.find_account_by_subject(issuer=ISSUER, subject=slug, now=utc_now()) is None:
            service.open_account(issuer=ISSUER, subject=slug, name=persona.name, role=persona.role, now=utc_now())
            db.session.commit()

"""Every page that a persona can reach by links: it answers, it reads well, and it fits a narrow window."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from careplan.demo.personas import PERSONAS
from tests.browser.council.conftest import Council

# Two pages of one kind (two people, two visits) are read; a third would show nothing new.
MOST_OF_A_KIND = 2
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/|$|\.\.)|(?<=\.\.)\d+|\?.*")
HEAVIEST = 400_000  # bytes as sent here, uncompressed: fonts and the design system's style among them
NARROW, WIDER = 320, (768, 1280)
PUBLIC = ("/help", "/accessibility", "/privacy", "/settings/reading")
NOT_PAGES = (".ics", ".pdf", ".csv", "/sign-in/start")


def links_of(page: Page, address: str) -> Iterator[str]:
    """Paths of our own that the page links to."""
    for href in page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)"):
        parts = urlsplit(href)
        if f"{parts.scheme}://{parts.netloc}" == address and not parts.path.endswith(NOT_PAGES):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def walk(page: Page, council: Council) -> Iterator[str]:
    """Every page from the first one on, each kind twice at most; answers where it stands after each step."""
    ahead, kinds = ["/"], {}
    seen = set(ahead)
    while ahead:
        path = ahead.pop(0)
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path} answers {answer.status}"
        yield path
        for link in links_of(page, council.address):
            kind = IDENTIFIER.sub("*", link)
            if link not in seen and kinds.get(kind, 0) < MOST_OF_A_KIND:
                kinds[kind] = kinds.get(kind, 0) + 1
                seen.add(link)
                ahead.append(link)


@pytest.fixture(scope="module")
def judged_wide() -> set[str]:
    """Kinds of page that were judged on a wide window: content differs between personas, the layout does not."""
    return set()


@pytest.fixture(scope="module")
def judged_public() -> set[str]:
    """Pages that are the same for everyone, judged once."""
    return set()


@pytest.mark.parametrize("slug", [p.slug for p in PERSONAS])
def test_reads_well_and_fits_every_window(
    page_for, served_council, no_axe_violations, judged_wide, judged_public, slug
):
    page = page_for(slug, width=NARROW)

    for path in walk(page, served_council):
        if path in PUBLIC and path in judged_public:
            continue
        judged_public.add(path)
        no_axe_violations(page)
        assert page.locator("h1").count() == 1, f"{path} has one heading of the first rank"
        for width in (NARROW, *WIDER):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} is wider than {width}"
        if (kind := IDENTIFIER.sub("*", path)) not in judged_wide:
            judged_wide.add(kind)
            no_axe_violations(page)
        page.set_viewport_size({"width": NARROW, "height": 900})


def test_the_citizens_pages_can_be_read_without_scripts(page_for, served_council):
    page = page_for("citizen", width=320, scripts=False)

    page.goto("/me")

    assert page.get_by_role("heading", level=1).inner_text().endswith("Margaret")
    assert page.get_by_text("Your plan has changed. Do you agree?").is_visible()
    assert page.get_by_text("What matters most to me").is_visible()
    assert "hours" in page.get_by_role("heading", name="Your hours").locator("..").inner_text()


def test_in_forced_colours_and_with_twice_the_text_nothing_is_lost(page_for, served_council, no_axe_violations):
    page = page_for("citizen", width=640, forced_colors="active")
    page.goto("/me")

    page.add_style_tag(url="/static/css/tokens.css")
    page.evaluate("document.documentElement.style.setProperty('--size', '2.375rem')")

    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    assert page.get_by_text("Your plan has changed. Do you agree?").is_visible()


def test_a_page_is_light(page_for, served_council):
    sizes = {}
    page = page_for("citizen", width=320)
    page.on("response", lambda r: sizes.update({r.url: len(r.body())}))

    page.goto("/me", wait_until="networkidle")

    assert sum(sizes.values()) < HEAVIEST, sizes

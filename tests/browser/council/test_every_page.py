"""Every page that a persona can reach by links: it answers, it reads well, and it fits a narrow window."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from html import unescape

import pytest
from flask.testing import FlaskClient

from careplan.demo.personas import PERSONAS
from tests.browser.steps import CONTRAST

# Two pages of one kind (two people, two visits) are read; a third would show nothing new.
MOST_OF_A_KIND = 2
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/|$|\.\.)|(?<=\.\.)\d+|\?.*")
HEAVIEST = 400_000  # bytes as sent here, uncompressed: fonts and the design system's style among them
NARROW, WIDER = 320, (768, 1280)
# Their pages are judged on a tablet as well: many read them on one.
AT_HOME = ("citizen", "representative", "unpaid-carer")
BROAD = 640
TEXT_SIZE = {"name": "__Host-careplan-text", "value": "150", "secure": True}
# Words that do not fit what holds them, and cannot be scrolled to.
CUT_OFF = """
    [...document.querySelectorAll("main *")].filter(e => {
        const look = getComputedStyle(e);
        const hides = ["hidden", "clip"].includes(look.overflowX) || ["hidden", "clip"].includes(look.overflowY);
        const isForEarsOnly = look.clipPath !== "none" || look.clip !== "auto";
        const isShort = e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1;
        return hides && !isForEarsOnly && isShort && e.textContent.trim();
    }).map(e => e.outerHTML.slice(0, 200))
"""
WIDTH = "document.documentElement.scrollWidth"
TAG = re.compile(r"<([a-z][a-z0-9-]*)([^>]*)>")
CLASS, HREF = re.compile(r'\sclass="([^"]*)"'), re.compile(r'\shref="(/[^"#]*)')
MOST_JUDGED = 3
NOT_PAGES = (".ics", ".pdf", ".csv", "/sign-in/start")


def read(browser: FlaskClient, known: Container[str] = ()) -> Iterator[tuple[str, str]]:
    """Every page that links lead to, with what it is made of: each kind twice at most, once where it is `known`.

    Read without a browser, since most pages of a council look like one that was judged before.
    """
    ahead: list[str] = ["/"]
    seen, kinds = set(ahead), Counter[str]()
    while ahead:
        path = ahead.pop(0)
        answer = browser.get(path, follow_redirects=True)
        assert answer.status_code == 200, f"{path} answers {answer.status_code}"
        tags = TAG.findall(answer.text)
        assert sum(name == "h1" for name, _ in tags) == 1, f"{path} has one heading of the first rank"
        yield path, made_of(tags)
        for link in links_of(tags):
            kind = IDENTIFIER.sub("*", link)
            if link not in seen and kinds[kind] < (1 if kind in known else MOST_OF_A_KIND):
                kinds[kind] += 1
                seen.add(link)
                ahead.append(link)


def made_of(tags: Iterable[tuple[str, str]]) -> str:
    """What a page is made of: the kinds of element in it, whatever the words."""
    classes = ((name, CLASS.search(rest)) for name, rest in tags)
    return ",".join(sorted({f"{name} {found[1] if found else ''}" for name, found in classes}))


def links_of(tags: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Paths of our own that the page links to."""
    for name, rest in tags:
        found = HREF.search(rest) if name == "a" else None
        path = unescape(found[1]) if found else ""
        if path and not path.partition("?")[0].endswith(NOT_PAGES):
            yield path


class Judged:
    """Which pages were judged: a page of a known kind that is made of nothing new would show nothing new."""

    def __init__(self, *, most: int = MOST_JUDGED) -> None:
        self.makings: dict[str, set[str]] = {}
        self.most = most

    def needs(self, path: str, making: str) -> bool:
        """Whether the page is to be judged; it counts as judged from here on."""
        known = self.makings.setdefault(IDENTIFIER.sub("*", path), set())
        if making in known or len(known) >= self.most:
            return False
        known.add(making)
        return True


@pytest.fixture(scope="module")
def judged() -> Judged:
    """Shared by all personas: many of them see the same pages."""
    return Judged()


@pytest.mark.timeout(300)  # a social worker has more pages than anybody
@pytest.mark.parametrize("slug", [p.slug for p in PERSONAS])
def test_reads_well_and_fits_every_window(page_for, served_council, no_axe_violations, judged, slug):
    page = page_for(slug, width=NARROW)

    for path, making in read(served_council.browser(slug), frozenset(judged.makings)):
        if not judged.needs(path, making):
            continue
        page.goto(path)
        assert page.evaluate(WIDTH) <= NARROW, f"{path} is wider than {NARROW}"
        no_axe_violations(page)
        for width in WIDER:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(WIDTH) <= width, f"{path} is wider than {width}"
            if width == WIDER[-1]:
                no_axe_violations(page)
            elif slug in AT_HOME:
                no_axe_violations(page, without=(CONTRAST,))
        page.set_viewport_size({"width": NARROW, "height": 900})


def test_the_citizens_pages_can_be_read_without_scripts(page_for, served_council):
    page = page_for("citizen", width=320, scripts=False)

    page.goto("/me")

    assert page.get_by_role("heading", level=1).inner_text().endswith("Margaret")
    assert page.get_by_text("Your plan has changed. Do you agree?").is_visible()
    assert page.get_by_text("What matters most to me").is_visible()
    assert "hours" in page.get_by_role("heading", name="Your hours").locator("..").inner_text()


def test_citizens_lose_nothing_in_forced_colours_with_the_words_at_twice_their_size(
    page_for, served_council, no_axe_violations
):
    """Everything is sized in rem, so the root at twice its size is what a browser does that is set to large words."""
    page = page_for("citizen", width=BROAD, forced_colors="active")
    page.context.add_cookies([{**TEXT_SIZE, "url": served_council.address.replace("http://", "https://")}])

    once = Judged(most=1)
    for path, making in read(served_council.browser("citizen")):
        if not once.needs(path, making):
            continue
        page.goto(path)
        assert page.locator("html.text-150").count() == 1, f"{path} forgets the size that was chosen"
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(WIDTH) <= BROAD, f"{path} is wider than {BROAD}"
        assert page.evaluate(CUT_OFF) == [], path
        # Colours are the reader's own here; a script is told those that we would have taken.
        no_axe_violations(page, without=(CONTRAST,))


def test_a_page_is_light(page_for, served_council):
    sizes = {}
    page = page_for("citizen", width=320)
    page.on("response", lambda r: sizes.update({r.url: len(r.body())}))

    page.goto("/me", wait_until="networkidle")

    assert sum(sizes.values()) < HEAVIEST, sizes

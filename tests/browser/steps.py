"""What browser tests do again and again: turn to the next page, and look at the one that stands there."""

import os
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Locator, Page

from careplan.db import db
from careplan.demo.personas import BY_SLUG, ISSUER

# On which windows a page is looked at: a telephone's, a tablet's, a desk's.
WIDTHS = (320, 768, 1280)
# Takes as long as all other rules together, and colours are the same on every window.
CONTRAST = "color-contrast"


def turn(way: Locator) -> None:
    """Presses a link or a button and waits for the page that it leads to.

    A click by itself returns while the old page still stands: what then looks at the page, or goes elsewhere, may
    find it half gone, or cut off what was being sent.
    """
    with way.page.expect_navigation():
        way.click()


def become(account_id: UUID, slug: str) -> None:
    """Lets a persona of the demo sign in with an account of the test."""
    db.session.execute(
        db.text("UPDATE account SET issuer = :issuer, subject = :slug, name = :name WHERE id = :id"),
        {"issuer": ISSUER, "slug": slug, "name": BY_SLUG[slug].name, "id": account_id},
    )


def looked_at(page: Page, no_axe_violations: Callable[..., None], name: str) -> None:
    """Checks what stands on the page on every window, and that nothing sticks out to the side.

    Where `CAREPLAN_PICTURES` names a folder, a picture of the whole page on each is kept there under the name.
    """
    found = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        no_axe_violations(page, without=() if width == WIDTHS[0] else (CONTRAST,))
        fits = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert fits, f"{name}: {page.url} sticks out at {width}"
        if folder := os.environ.get("CAREPLAN_PICTURES"):
            page.screenshot(path=Path(folder) / f"{name.strip('/').replace('/', '_')}-{width}.png", full_page=True)
    if found:
        page.set_viewport_size(found)

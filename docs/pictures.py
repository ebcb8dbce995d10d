"""Takes the tour's pictures from the running demo: `python docs/pictures.py`, with `make demo` in another window."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parent
PORT = os.environ.get("CAREPLAN_PORT", "8000")
ADDRESS = f"127.0.0.1:{PORT}"
TALLEST = 1500  # a picture shows the top of a long page


@dataclass(frozen=True)
class Picture:
    """Whose page, at what width, under what name."""

    name: str
    persona: str
    path: str
    width: int


PICTURES = (
    Picture("me", "citizen", "/me", 390),
    Picture("changes", "citizen", "/me/plan/changes", 768),
    Picture("person", "social-worker", "/people/{person}", 1280),
    Picture("plan", "social-worker", "/plans/{plan}", 1280),
    Picture("provider", "provider-coordinator", "/provider", 1280),
    Picture("door", "care-worker", "/people/{person}/door", 768),
    Picture("visit", "care-worker", "/visits/{visit}", 768),
    Picture("delegation", "nurse", "/delegations", 768),
    Picture("requests", "social-worker", "/requests", 1280),
)


def careplan(*words: str) -> str:
    """What a command of the demo prints."""
    program = HERE.parent / ".venv" / "bin" / "careplan"
    environment = {**os.environ, "CAREPLAN_ENV": "demo"}
    done = subprocess.run(
        [program, *words], env=environment, cwd=HERE.parent, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def take(browser: Browser, picture: Picture, ids: dict[str, str]) -> None:
    """Signs the persona in and keeps what they see."""
    name, value = careplan("demo", "session", picture.persona).split("=", 1)
    context = browser.new_context(viewport={"width": picture.width, "height": 900}, base_url=f"http://{ADDRESS}")
    context.add_cookies([{"name": name, "value": value, "url": f"https://{ADDRESS}", "secure": True}])
    page = context.new_page()
    page.goto(picture.path.format(**ids))
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    page.set_viewport_size({"width": picture.width, "height": height})
    page.screenshot(path=HERE / "images" / f"{picture.name}.png")
    context.close()


def main() -> None:
    """Takes them all."""
    found = json.loads(careplan("demo", "ids"))
    ids = {"person": found["people"]["main"], "plan": found["plans"]["main"], "visit": found["visits"]["next"]}
    (HERE / "images").mkdir(exist_ok=True)
    chromium = os.environ.get("CAREPLAN_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for picture in PICTURES:
            take(browser, picture, ids)
        browser.close()


if __name__ == "__main__":
    main()

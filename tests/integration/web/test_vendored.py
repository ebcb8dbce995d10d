"""What comes from others is as it was published, carries its licence, and asks nothing of another site."""

import hashlib
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[3] / "static"
VENDOR = STATIC / "vendor"
ROOT = STATIC.parent
SHEETS = sorted(STATIC.rglob("*.css"))


class TestVendored:
    def test_is_what_its_sums_say(self) -> None:
        lines = (VENDOR / "SHA256SUMS").read_text().splitlines()
        sums = {name.removeprefix("./"): digest for digest, name in (line.split("  ", 1) for line in lines)}
        files = {str(f.relative_to(VENDOR)) for f in VENDOR.rglob("*") if f.is_file() and f.name != "SHA256SUMS"}

        assert set(sums) == files
        for name, digest in sums.items():
            assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name

    @pytest.mark.parametrize(
        ("folder", "words"),
        [("nhsuk", "MIT License"), ("fonts", "SIL OPEN FONT LICENSE"), ("dejavu", "Bitstream Vera Fonts Copyright")],
    )
    def test_carries_its_licence(self, folder: str, words: str) -> None:
        assert words in (VENDOR / folder / "LICENSE").read_text()

    @pytest.mark.parametrize("sheet", SHEETS, ids=lambda f: f.name)
    def test_passes_itself_off_as_nobody(self, sheet: Path) -> None:
        assert not re.search(
            r"frutiger|assets\.nhs\.uk|nhsuk-logo|nhsuk-header__logo", sheet.read_text(), re.IGNORECASE
        )


class TestNothingFromElsewhere:
    @pytest.mark.parametrize("sheet", SHEETS, ids=lambda f: f.name)
    def test_is_asked_for_by_a_style_sheet(self, sheet: Path) -> None:
        text = re.sub(r"http://www\.w3\.org/[\w/#]+", "", sheet.read_text())

        assert "//" not in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        assert "@import" not in text

    def test_is_asked_for_by_a_template(self) -> None:
        for file in (ROOT / "templates").rglob("*.html"):
            assert not re.search(r"""(?:src|href|action|url\()\s*=?\s*["']?(?:https?:)?//""", file.read_text()), file

    def test_is_named_in_our_scripts(self) -> None:
        for file in (STATIC / "js").rglob("*.js"):
            assert not re.search(r"https?://", file.read_text()), file

    def test_exists_only_as_a_file_of_ours(self) -> None:
        for sheet in SHEETS:
            for address in re.findall(r"url\(\"?([^)\"]+)\"?\)", sheet.read_text()):
                file = ROOT / address[1:] if address.startswith("/") else sheet.parent / address
                assert file.is_file(), address

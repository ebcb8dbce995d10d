"""The tests themselves: nothing is passed over in silence where it counts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MARKED = "import pytest\n\n@pytest.mark.skip(reason='a rainy day')\ndef test_one():\n    pass\n"
WHOLE_FILE = "import pytest\n\npytest.skip('a rainy day', allow_module_level=True)\n"


@pytest.mark.parametrize("content", [MARKED, WHOLE_FILE])
class TestASkippedTest:
    @pytest.mark.parametrize(("ci", "failed"), [("true", True), ("", False)])
    def test_fails_in_ci_alone(self, tmp_path: Path, content: str, ci: str, failed: bool) -> None:
        (tmp_path / "test_rain.py").write_text(content)
        plain = ["-q", "-p", "tests.strict", "-p", "no:randomly", "-p", "no:xdist", "-c", os.devnull]
        answer = subprocess.run(
            [sys.executable, "-m", "pytest", *plain, str(tmp_path)],
            check=False,
            cwd=ROOT,
            env={**os.environ, "CI": ci, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
        )

        assert ("a rainy day" in answer.stdout) is failed
        assert (answer.returncode in (1, 2)) is failed

"""How long a process takes until it can answer."""

import statistics
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.council import Council
from benchmarks.measuring import Row, wall_of

TIMES = 5
START = """
import os
from careplan.app import create_app
from careplan.config import load_settings
create_app(load_settings(dict(os.environ)))
"""


def rows(council: Council) -> Iterator[Row]:
    """The application with every template compiled, from nothing."""
    environment = {
        "CAREPLAN_ENV": "demo",
        "CAREPLAN_DATABASE_URL": council.settings.database_url,
        "PATH": "/usr/bin:/bin",
    }

    def start() -> None:
        subprocess.run([sys.executable, "-c", START], check=True, env=environment, capture_output=True)

    yield Row("start until ready", statistics.median(wall_of(start) for _ in range(TIMES)), 1.5, "s")

"""The demo's sign-in provider as a process of its own, as it runs beside the demo."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from careplan.config.settings import SignIn
from careplan.demo.keys import KeyFiles, ensure_keys
from careplan.demo.personas import ISSUER
from careplan.demo.ports import any_free

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


@dataclass(frozen=True, slots=True)
class RunningProvider:
    """Where it answers and with which keys."""

    issuer: str
    keys: KeyFiles

    @property
    def sign_in(self) -> SignIn:
        """What our settings say of it."""
        return SignIn(f"{self.issuer}/.well-known/openid-configuration", "careplan", self.keys.client_private, ISSUER)


@contextmanager
def running_provider(*, folder: Path, client_address: str) -> Iterator[RunningProvider]:
    """Starts it for one client; ends it afterwards."""
    keys, port = ensure_keys(folder / "keys"), any_free()
    process = subprocess.Popen(
        [
            sys.executable, "-m", "careplan.demo.provider", "--port", str(port), "--client-address", client_address,
            "--client-public", keys.client_public, "--key", keys.provider,
        ],
        cwd=ROOT,
    )  # fmt: skip
    running = RunningProvider(f"http://127.0.0.1:{port}", keys)
    try:
        wait_until_it_answers(running.sign_in.metadata_url, process)
        yield running
    finally:
        process.terminate()
        process.wait(10)


def wait_until_it_answers(address: str, process: subprocess.Popen[bytes]) -> None:
    """Asks until there is an answer below 400; fails when the process ends or a minute passes."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"the process for {address} ended with {process.returncode}")
        try:
            if requests.get(address, timeout=5, allow_redirects=False).status_code < 400:
                return
        except requests.ConnectionError:
            time.sleep(0.05)
    raise AssertionError(f"{address} did not answer within {PATIENCE} seconds")

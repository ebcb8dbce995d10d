"""The demo on a machine that has never seen it: a clone, one command, and nothing left behind whatever happens."""

import json
import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
import requests

from careplan.demo.ports import any_free

pytestmark = [pytest.mark.proof, pytest.mark.timeout(900)]

ROOT = Path(__file__).resolve().parents[2]
FIRST_START = 300  # seconds
SECOND_START = 15
END = 60
BANNER = "The demo is ready at "


@dataclass
class Demo:
    """`make demo` in a folder on a port, and what it has said so far."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]
    output: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def supervisor(self) -> psutil.Process:
        return psutil.Process(json.loads((self.folder / "var" / "demo.lock").read_text())["pid"])

    def said(self) -> str:
        return self.output.read_text()

    def logs(self) -> str:
        """The last lines of each process, and which processes there are."""
        tails = [f"{log}:\n{log.read_text()[-1000:]}" for log in sorted((self.folder / "var" / "log").glob("*.log"))]
        return "\n".join([*tails, *processes_in(self.folder)])

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """One of the demo's commands, run in its folder."""
        return subprocess.run(
            [".venv/bin/careplan", *command],
            cwd=self.folder, env=environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip


def environment(**more: str) -> dict[str, str]:
    return {n: v for n, v in os.environ.items() if not n.startswith(("CAREPLAN_", "MAKE", "MFLAGS"))} | more


def until(done: Callable[[], bool], *, within: float, what: Callable[[], str]) -> None:
    """Waits for something to become true; fails with what is to be seen then."""
    deadline = time.monotonic() + within
    while not done():
        assert time.monotonic() < deadline, f"not within {within} seconds: {what()}"
        time.sleep(0.05)


def processes_in(folder: Path) -> list[str]:
    """Whatever runs from this folder, for this folder or in it."""
    found = []
    for process in psutil.process_iter(["pid", "cmdline", "cwd", "status"]):
        words = " ".join(process.info["cmdline"] or [])
        inside = str(process.info["cwd"] or "").startswith(str(folder))
        if process.info["status"] != psutil.STATUS_ZOMBIE and (inside or str(folder) in words):
            found.append(f"{process.pid} {words}")
    return found


@pytest.fixture(scope="module")
def roomy() -> Iterator[Path]:
    """A folder outside pytest's own, which each run of pytest on the machine makes private again."""
    with tempfile.TemporaryDirectory(prefix="careplan-proof-") as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def clone(roomy: Path) -> Path:
    """A fresh clone of what is committed here."""
    return cloned(roomy / "one")


def cloned(folder: Path) -> Path:
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    return folder


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Demo]]:
    """Starts demos and ends whatever a test leaves of them."""
    started: list[Demo] = []

    def begin(folder: Path, *, port: int | None = None, within: float = FIRST_START, **more: str) -> Demo:
        port = port or any_free()
        output = tmp_path / f"demo-{len(started)}.txt"
        with output.open("wb") as said:
            process = subprocess.Popen(
                ["make", "demo"],
                cwd=folder, env=environment(CAREPLAN_PORT=str(port), **more), stdout=said, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        demo = Demo(folder, port, process, output)
        started.append(demo)
        until(
            lambda: BANNER in demo.said() or process.poll() is not None,
            within=within,
            what=lambda: f"ready\n{demo.said()}\n{demo.logs()}",
        )
        assert BANNER in demo.said(), demo.said()
        return demo

    yield begin
    for demo in started:
        if demo.process.poll() is None:
            demo.process.terminate()
            demo.process.wait(END)


def stop(demo: Demo, number: signal.Signals = signal.SIGTERM) -> None:
    """SIGTERM as a service manager sends it, to make alone; Ctrl-C as a terminal does, to everyone in its group."""
    if number == signal.SIGTERM:
        demo.process.terminate()
    else:
        os.killpg(demo.process.pid, number)
    demo.process.wait(END)
    until(
        lambda: processes_in(demo.folder) == [], within=END, what=lambda: f"nothing runs: {processes_in(demo.folder)}"
    )


def cookie(demo: Demo, persona: str) -> dict[str, str]:
    answer = demo.run("demo", "session", persona)
    assert answer.returncode == 0, answer.stderr
    return {"Cookie": answer.stdout.strip()}


def has_account_for(demo: Demo, headers: dict[str, str]) -> bool:
    """Whether this session opens its owner's first page rather than the sign-in."""
    answer = requests.get(demo.address, headers=headers, allow_redirects=False, timeout=30)
    return "/sign-in" not in answer.headers["Location"]


class TestTheDemo:
    def test_starts_from_a_clone_and_again_in_seconds_with_what_was_done(
        self, clone: Path, start: Callable[..., Demo]
    ) -> None:
        demo = start(clone)
        headers = cookie(demo, "social-worker")
        assert requests.get(f"{demo.address}/readyz", timeout=30).ok
        assert has_account_for(demo, headers)
        stop(demo)

        # No network may be needed now: this index does not answer.
        began = time.monotonic()
        again = start(clone, port=demo.port, within=SECOND_START, PIP_INDEX_URL="http://127.0.0.1:9/")
        assert time.monotonic() - began < SECOND_START
        assert has_account_for(again, headers)
        stop(again, signal.SIGINT)

    def test_leaves_nothing_running_when_its_supervisor_is_killed(
        self, clone: Path, start: Callable[..., Demo]
    ) -> None:
        demo = start(clone)
        headers = cookie(demo, "citizen")
        demo.supervisor.kill()
        until(lambda: processes_in(clone) == [], within=END, what=lambda: f"nothing runs: {processes_in(clone)}")
        demo.process.wait(END)

        again = start(clone, port=demo.port, within=SECOND_START)
        assert has_account_for(again, headers)

    def test_starts_at_once_after_its_supervisor_was_killed(self, clone: Path, start: Callable[..., Demo]) -> None:
        demo = start(clone)
        demo.supervisor.kill()
        again = start(clone, port=demo.port)

        assert requests.get(f"{again.address}/readyz", timeout=30).ok

    @pytest.mark.parametrize("victim", ["careplan serve", "careplan worker", "careplan.demo.provider", "bin/postgres"])
    def test_starts_again_what_dies(self, clone: Path, start: Callable[..., Demo], victim: str) -> None:
        demo = start(clone)
        family = [*demo.supervisor.children(recursive=True), *postmasters(clone)]
        (killed, *_) = [p for p in family if victim in " ".join(p.cmdline())]
        killed.kill()
        until(lambda: "starting it again" in demo.said(), within=END, what=demo.said)
        until(lambda: is_well(demo), within=END, what=lambda: f"well again\n{demo.said()}\n{demo.logs()}")
        stop(demo)

    def test_says_that_one_is_running_in_this_folder(self, clone: Path, start: Callable[..., Demo]) -> None:
        demo = start(clone)
        second = refused(clone, any_free())

        assert f"already running in this folder at {demo.address}" in second

    def test_names_a_taken_port_and_the_remedy(self, clone: Path) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as taken:
            said = refused(clone, taken.getsockname()[1])

        assert "is taken by another program" in said
        assert "CAREPLAN_PORT=" in said

    def test_does_not_disturb_another_in_another_folder(
        self, clone: Path, start: Callable[..., Demo], roomy: Path
    ) -> None:
        one, other = start(clone), start(cloned(roomy / "other"))
        of_one, of_other = cookie(one, "citizen"), cookie(other, "citizen")
        assert of_one["Cookie"].split("=")[0] != of_other["Cookie"].split("=")[0]
        stop(one)

        assert has_account_for(other, of_other)

    def test_is_emptied_on_demand(self, clone: Path, start: Callable[..., Demo]) -> None:
        demo = start(clone)
        headers = cookie(demo, "citizen")
        while_running = subprocess.run(
            ["make", "demo-reset"], cwd=clone, env=environment(), capture_output=True, check=False
        )
        stop(demo)
        subprocess.run(["make", "demo-reset"], cwd=clone, env=environment(), check=True, capture_output=True)
        again = start(clone, port=demo.port)

        assert while_running.returncode != 0
        assert not has_account_for(again, headers)


def postmasters(folder: Path) -> list[psutil.Process]:
    """The demo's PostgreSQL, which is no child of its supervisor."""
    first = (folder / "var" / "pg" / "postmaster.pid").read_text().split("\n")[0]
    return [psutil.Process(int(first))]


def is_well(demo: Demo) -> bool:
    try:
        return (
            requests.get(f"{demo.address}/readyz", timeout=5).ok
            and demo.run("demo", "session", "nurse").returncode == 0
        )
    except requests.RequestException:
        return False


def refused(folder: Path, port: int) -> str:
    """What `make demo` says when it does not start."""
    answer = subprocess.run(
        ["make", "demo"],
        cwd=folder, env=environment(CAREPLAN_PORT=str(port)), capture_output=True, text=True, check=False, timeout=END,
    )  # fmt: skip
    assert answer.returncode != 0
    return answer.stdout + answer.stderr

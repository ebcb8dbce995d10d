"""The embedded PostgreSQL starts whatever it finds, and says why where it cannot."""

import contextlib
import os
import pwd
import signal
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from careplan.db import embedded


@pytest.fixture
def roomy() -> Iterator[Path]:
    """A folder outside pytest's own, which each run of pytest on the machine makes private again."""
    with tempfile.TemporaryDirectory(prefix="careplan-pg-") as folder:
        yield Path(folder)


@pytest.fixture
def data(roomy: Path) -> Iterator[Path]:
    yield roomy / "pg"
    embedded.stop_if_running(roomy / "pg")


def ask(server: embedded.EmbeddedServer, question: str) -> object:
    with psycopg.connect(server.url(role=embedded.SUPERUSER, database="postgres"), autocommit=True) as connection:
        row = connection.execute(question).fetchone()  # type: ignore[arg-type]  # a test's own constant
    return row[0] if row else None


def kill_all(data: Path) -> None:
    """As if the machine lost power: no process of the server gets to say a word."""
    first = psutil.Process(int((data / "postmaster.pid").read_text().split("\n")[0]))
    family = [first, *first.children(recursive=True)]
    for process in family:
        with contextlib.suppress(psutil.NoSuchProcess):  # the first one's end takes others with it
            process.kill()
    psutil.wait_procs(family, timeout=10)


class TestStart:
    def test_makes_what_is_missing_and_keeps_what_is_there(self, data: Path) -> None:
        server = embedded.start(data)
        with psycopg.connect(server.url(role="postgres", database="postgres"), autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
        server.stop()

        assert ask(embedded.start(data), "SELECT n FROM kept") == 7

    def test_takes_over_one_that_runs(self, data: Path) -> None:
        first = embedded.start(data)
        before = ask(first, "SELECT pg_postmaster_start_time()::text")

        assert ask(embedded.start(data), "SELECT pg_postmaster_start_time()::text") == before

    def test_recovers_after_a_crash(self, data: Path) -> None:
        server = embedded.start(data)
        with psycopg.connect(server.url(role="postgres", database="postgres"), autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 10000) AS n")
        kill_all(data)

        assert not server.is_alive()
        assert ask(embedded.start(data), "SELECT count(*) FROM kept") == 10000

    def test_waits_for_the_last_processes_of_a_server_that_lost_its_first(self, data: Path) -> None:
        server = embedded.start(data)
        held = psycopg.connect(server.url(role="postgres", database="postgres"), autocommit=True)
        os.kill(int((data / "postmaster.pid").read_text().split("\n")[0]), signal.SIGKILL)
        again = embedded.start(data)
        held.close()

        assert ask(again, "SELECT 1") == 1

    def test_does_not_take_another_process_for_the_server(self, data: Path) -> None:
        server = embedded.start(data)
        kill_all(data)
        lines = (data / "postmaster.pid").read_text().split("\n")
        (data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]))
        (server.socket_dir / f"{embedded.SOCKET_NAME}.lock").write_text(f"{os.getpid()}\n")

        assert ask(embedded.start(data), "SELECT 1") == 1

    def test_begins_anew_where_the_first_start_was_cut_short(self, data: Path) -> None:
        draft = data.with_name("pg.new")
        draft.mkdir(parents=True)
        (draft / "PG_VERSION").write_text("18\n")

        assert ask(embedded.start(data), "SELECT 1") == 1
        assert not draft.exists()

    def test_manages_a_path_too_long_for_a_socket_and_full_of_odd_signs(self, roomy: Path) -> None:
        data = roomy / ('a folder of the council\'s "own" $HOME ' * 4) / "pg"
        server = embedded.start(data)
        folder = server.socket_dir.stat()
        answer = ask(server, "SELECT 1")
        server.stop()

        assert answer == 1
        assert stat.S_IMODE(folder.st_mode) == 0o700

    def test_folds_letters_alike_on_every_machine(self, data: Path) -> None:
        assert ask(embedded.start(data), "SELECT lower('ÉLODIE ŁUKASZ')") == "élodie łukasz"

    def test_lets_nobody_else_reach_the_socket(self, data: Path) -> None:
        server = embedded.start(data)

        assert stat.S_IMODE((server.socket_dir / embedded.SOCKET_NAME).stat().st_mode) == 0o700
        assert ask(server, "SHOW listen_addresses") == ""


class TestStop:
    def test_leaves_nothing_running(self, data: Path) -> None:
        server = embedded.start(data)
        server.stop()

        assert not server.is_alive()
        assert [p for p in psutil.process_iter(["name", "cwd"]) if p.info["cwd"] == str(data)] == []

    def test_does_nothing_where_none_runs(self, data: Path) -> None:
        embedded.stop_if_running(data)


class TestAPrivateHome:
    def test_is_refused_with_the_reason_to_root_who_would_have_to_open_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        private = next(
            Path(e.pw_dir) for e in pwd.getpwall() if Path(e.pw_dir).is_dir() and _is_private(Path(e.pw_dir))
        )
        monkeypatch.setattr(embedded, "_is_root", lambda: True)

        with pytest.raises(embedded.CannotStart, match=r"which is private.*such as /opt"):
            embedded.start(private / "project" / "var" / "pg")

    def test_is_fine_for_its_owner(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(embedded, "_is_root", lambda: False)

        embedded._refuse_private_home(Path("/root/project/var/pg"))


def _is_private(folder: Path) -> bool:
    return not folder.stat().st_mode & stat.S_IXOTH

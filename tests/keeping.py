"""Arrangements that many tests begin with, made by the services once a test process and then put back row by row.

A plan that three parties agreed to takes two hundred statements. Many tests begin with one, and none cares how it came
to be. So what such an arrangement wrote is kept, under the name of all that was arranged before it, and the next test
that asks for the same over the same has it back, ids and all:

    @remembered
    def make_agreed(around, **said): ...

Whatever a test itself writes meanwhile makes what stands in the database unknown: from there on everything is made
anew until the database is empty again.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ParamSpec, TypeVar

import psycopg
from sqlalchemy import event
from sqlalchemy.engine import Engine

from careplan.db import db
from careplan.kernel.clock import utc_now

EMPTY = "nothing"
# A session that somebody signed in with stands beside what was arranged and changes nothing of it.
NEUTRAL = ("SELECT", "SET ", "SAVEPOINT", "RELEASE", "ROLLBACK", "INSERT INTO web_session")
ABOUT_NOW = timedelta(minutes=15)

P, T = ParamSpec("P"), TypeVar("T")


@dataclass(frozen=True)
class Kept:
    """What stands in the tables after an arrangement, and what the arrangement answered."""

    tables: dict[str, bytes]
    answer: Any


class Keeper:
    """Knows what exactly stands in the database, as long as only remembered arrangements wrote to it."""

    def __init__(self) -> None:
        self.stands: str | None = None
        self.is_making = False
        self.kept: dict[str, Kept] = {}
        self.connection: psycopg.Connection[Any] | None = None
        self.written_to = ""

    def open(self, connection: psycopg.Connection[Any], written_to: str) -> None:
        """From here on arrangements are kept, over a connection whose writes no trigger notices."""
        self.connection, self.written_to = connection, written_to

    def begin(self) -> None:
        """A test begins; whatever it finds in the database is not ours."""
        assert self.connection is not None
        found = self.connection.execute(self.written_to, prepare=True).fetchone()
        self.stands = None if found else EMPTY

    def end(self) -> None:
        """What stands in the database is nobody's any more."""
        self.stands = None

    def arrange(self, name: str, make: Callable[[], Any]) -> Any:
        """What `make` answers, after what it writes stands in the database and is committed."""
        if self.stands is None or self.is_making:
            return make()
        before, after = self.kept.get(self.stands, Kept({}, None)), f"{self.stands}, {name}"
        if after in self.kept:
            self._put_back(before, self.kept[after])
        else:
            self._make(before, after, make)
        self.stands = after
        return self.kept[after].answer

    def _make(self, before: Kept, after: str, make: Callable[[], Any]) -> None:
        self.is_making = True
        try:
            answer = make()
            db.session.commit()
        finally:
            self.is_making = False
        self.kept[after] = Kept(self._read(), answer)

    def _read(self) -> dict[str, bytes]:
        assert self.connection is not None
        names = [name for (name,) in self.connection.execute(self.written_to, prepare=True).fetchall()]
        found = {}
        for name in names:
            with self.connection.cursor().copy(f"COPY {name} TO STDOUT") as rows:
                found[name] = b"".join(bytes(part) for part in rows)
        return {name: rows for name, rows in found.items() if name != "public.web_session"}

    def _put_back(self, before: Kept, kept: Kept) -> None:
        assert self.connection is not None
        db.session.commit()
        for name, rows in kept.tables.items():
            if before.tables.get(name) == rows:
                continue
            with self.connection.transaction(), self.connection.cursor() as cursor:
                if name in before.tables:
                    cursor.execute(f"DELETE FROM {name}")
                with cursor.copy(f"COPY {name} FROM STDIN") as into:
                    into.write(rows)


KEEPER = Keeper()


def remembered(make: Callable[P, T]) -> Callable[P, T]:
    """A factory whose work is kept: what it writes must rest on its arguments and on what stands in the database."""

    @functools.wraps(make)
    def arranged(*args: P.args, **said: P.kwargs) -> T:
        words = [_words(value) for value in args] + [f"{name}={_words(value)}" for name, value in sorted(said.items())]
        name = f"{make.__name__}({', '.join(words)}) {utc_now():%d %H}"
        answer: T = KEEPER.arrange(name, lambda: make(*args, **said))
        return answer

    return arranged


def _words(value: Any) -> str:
    """A value in words; every moment of the last minutes is *now*."""
    if isinstance(value, datetime) and abs(value - utc_now()) < ABOUT_NOW:
        return "now"
    return repr(value)


@event.listens_for(Engine, "before_cursor_execute")
def _notice(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
    if KEEPER.stands is not None and not KEEPER.is_making and not statement.lstrip().startswith(NEUTRAL):
        KEEPER.end()

"""Reading several things at once: what independent readers ask for at the same time goes to the database as one.

    about, ratings = together(lambda: people.find_about(...), lambda: outcomes.list_ratings(...))

Each reader runs until it asks for rows; when all of them wait, all that they ask for is read by one statement, and they
go on. So a page puts as many statements as its longest chain of questions has links, however much it shows. What a
reader gets is for reading only: rows that the session does not watch.
"""

from collections.abc import Callable, Sequence
from contextvars import ContextVar, copy_context
from typing import Any

from flask_sqlalchemy.session import Session
from greenlet import getcurrent, greenlet
from sqlalchemy import Select, inspect, select
from sqlalchemy.engine import Result

from careplan.db.as_json import as_one, rows_of, shape_of

Reader = Callable[[], Any]


def together(*readers: Reader) -> tuple[Any, ...]:
    """What each of these readers finds, in their order; the first that fails, in that order, fails here."""
    present = _TASK.get(None)
    tasks = [_Task(reader) for reader in readers]
    if present is None:
        _run(tasks)
    elif tasks:
        present.wait_for(tasks)
    for task in tasks:
        if task.failed is not None:
            raise task.failed
    return tuple(task.found for task in tasks)


class ReadingSession(Session):
    """The session, which lets what readers ask for wait until it can be read together."""

    def execute(self, statement: Any, params: Any = None, **more: Any) -> Any:
        task = _TASK.get(None)
        if task is None or params is not None or not _can_wait(statement):
            return super().execute(statement, params, **more)
        return task.ask(self, statement)

    def scalars(self, statement: Any, params: Any = None, **more: Any) -> Any:
        return self.execute(statement, params, **more).scalars()

    def scalar(self, statement: Any, params: Any = None, **more: Any) -> Any:
        return self.execute(statement, params, **more).scalar()

    def get(self, entity: Any, ident: Any, **more: Any) -> Any:
        if _TASK.get(None) is None or more.get("with_for_update"):
            return super().get(entity, ident, **more)
        keys = inspect(entity).primary_key
        values = ident if isinstance(ident, tuple) else (ident,)
        wanted = (key == value for key, value in zip(keys, values, strict=True))
        return self.scalars(select(entity).where(*wanted)).first()


class _Task:
    """A reader on its way: what it waits for, what it found, or how it failed."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.found: Any = None
        self.failed: Exception | None = None
        self.is_done = False
        self.asks: tuple[Session, Select[Any]] | None = None
        self.waits_for: Sequence[_Task] = ()
        context = copy_context()
        context.run(_TASK.set, self)
        self.flow = greenlet(self._read)
        self.flow.gr_context = context

    def ask(self, session: Session, query: Select[Any]) -> Result[Any]:
        self.asks = (session, query)
        answer: Result[Any] = self._leave()
        return answer

    def wait_for(self, tasks: "Sequence[_Task]") -> None:
        self.waits_for = tasks
        self._leave()
        self.waits_for = ()

    def go_on(self, answer: Any, home: greenlet) -> None:
        """Lets it run until it asks, waits or is done."""
        self.asks = None
        self.flow.parent = home
        self.flow.switch(answer)

    @property
    def has_yet_to_begin(self) -> bool:
        return not self.is_done and not self.flow

    @property
    def has_all_it_waited_for(self) -> bool:
        return bool(self.waits_for) and all(task.is_done for task in self.waits_for)

    def _leave(self) -> Any:
        parent = self.flow.parent
        assert parent is not None  # noqa: S101  a reader runs below whoever reads together
        return parent.switch()

    def _read(self, _: Any) -> None:
        try:
            self.found = self.reader()
        except Exception as failed:
            self.failed = failed
        self.is_done = True


_TASK: ContextVar[_Task] = ContextVar("reading_together")


def _run(tasks: list[_Task]) -> None:
    """Runs readers, and those that they begin, until all are done."""
    home = getcurrent()
    known, ready = list(tasks), [(task, None) for task in tasks]
    while ready:
        for task, answer in ready:
            task.go_on(answer, home)
        known += [begun for task in known for begun in task.waits_for if begun not in known]
        ready = _next(known)


def _next(known: list[_Task]) -> list[tuple[_Task, Any]]:
    """Who can go on, with what they are given: those just begun or waited for, else all who ask."""
    can = [task for task in known if task.has_yet_to_begin or task.has_all_it_waited_for]
    if can:
        return [(task, None) for task in can]
    asking = [task for task in known if task.asks is not None]
    return list(zip(asking, _answers([task.asks for task in asking if task.asks]), strict=True))


def _answers(asked: list[tuple[Session, Select[Any]]]) -> list[Result[Any]]:
    """What was asked for, by one statement as far as it comes through JSON."""
    if not asked:
        return []
    session = asked[0][0]
    session.flush()  # as a question by itself would: what is written in this transaction is read
    shapes = [shape_of(query) for _, query in asked]
    composed = [
        as_one(query, f"part_{place}")
        for place, ((_, query), shape) in enumerate(zip(asked, shapes, strict=True))
        if shape is not None
    ]
    if len(composed) < 2:
        return [session.execute(query) for _, query in asked]
    said = iter(session.execute(select(*composed)).one())
    return [
        session.execute(query) if shape is None else rows_of(shape, next(said))
        for (_, query), shape in zip(asked, shapes, strict=True)
    ]


def _can_wait(statement: Any) -> bool:
    return isinstance(statement, Select) and statement._for_update_arg is None


"""How the first page greets its reader, and what it asks of them."""

from collections.abc import Sequence
from datetime import datetime

from careplan.access.domain.actor import Actor, Role
from careplan.kernel.words import clock_time
from careplan.people.domain.person import Person
from careplan.record.domain.waiting import Waiting


def greeting(person: Person, actor: Actor, now: datetime) -> str:
    """'Good morning, Margaret', by the hour in London."""
    hour = int(clock_time(now)[:2])
    part = "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
    name = person.known_as if actor.role is Role.CITIZEN else actor.name.split()[0]
    return f"Good {part}, {name}"


def ask(waiting: Sequence[Waiting], *, is_own: bool, name: str) -> Waiting | None:
    """The one thing that the first page asks of its reader, where anything waits for them."""
    if not waiting:
        return None
    asked = "Your plan has changed. Do you agree?" if is_own else f"{name}’s plan has changed. Do you agree?"
    return Waiting(asked, "/me/plan/changes", "See what changed")

"""Easy Read as it is printed: a picture beside each few sentences, always in large print."""

from collections.abc import Iterator

from careplan.documents.domain.easy_read import EasyRead
from careplan.kernel.words import day
from careplan.people.domain.person import Person
from careplan.plans.domain.plan import PlanVersion
from careplan.web.paper import Block, Paper, Pictured, Words


def easy_paper(*, easy: EasyRead, version: PlanVersion, person: Person) -> Paper:
    """The Easy Read of a version, with who wrote it and the person's yes."""
    return Paper(
        title=f"The plan of {person.known_as} in Easy Read",
        blocks=(*(Pictured(p.picture.value, p.picture.words, p.sentences) for p in easy.parts), *_end(easy, person)),
        foot=f"Support plan of {person.name}\nVersion {version.number}, {version.short_hash}",
    )


def _end(easy: EasyRead, person: Person) -> Iterator[Block]:
    yield Words(f"{easy.written_by_name} wrote this.")
    if easy.approval is not None:
        yield Words(f"{person.known_as} said that it is right on {day(easy.approval.on)}.")

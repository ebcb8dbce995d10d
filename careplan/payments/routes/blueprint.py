"""The blueprint that the pages of money hang on, and what most of them show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import Blueprint, request

from careplan.access import guard
from careplan.access.domain.actor import Role
from careplan.kernel.errors import invalid
from careplan.organisations import queries as organisations
from careplan.payments.domain.run import KeptLine
from careplan.payments.queries import facts

blueprint = Blueprint("payments", __name__)
KINDS = {"draft": "waiting", "released": "settled", "sent": "settled", "held": "stopped", "replaced": ""}
BLOCK = "Block line, whatever the hours"


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with the words that a page needs."""

    kept: KeptLine
    who: str
    reference: str
    what: str


def day_sent() -> date:
    """The day that a button sends.  Raises Invalid."""
    try:
        return date.fromisoformat(request.form.get("starts_on", ""))
    except ValueError:
        raise invalid("starts_on", "Give the first day, such as 2026-04-06.") from None


def firms(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of organisations by id."""
    return {key: o.name for key, o in organisations.list_organisations_by_id(organisation_ids=set(ids)).items()}


def shown(lines: Iterable[KeptLine]) -> list[ShownLine]:
    """Lines with the names of whom they are about; each of these people can see that they were shown.

    A commissioner, who needs sums and not people, reads their references.
    """
    known = list(lines)
    people = {k.line.key.person_id for k in known if k.line.key.person_id is not None}
    names = facts.list_names(person_ids=people)
    guard.show(people)
    return [_shown(k, names) for k in known]


def _shown(kept: KeptLine, names: Mapping[UUID, facts.FinancePerson]) -> ShownLine:
    key = kept.line.key
    found = names.get(key.person_id) if key.person_id is not None else None
    return ShownLine(
        kept,
        who=found.name if found and guard.actor().role is not Role.COMMISSIONER else "",
        reference=found.reference if found else "",
        what=key.counts.words if key.counts else BLOCK,
    )

"""What several pages of delegation share."""

from collections.abc import Sequence
from uuid import UUID

from careplan.access import audit
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Action, Section
from careplan.db import db
from careplan.delegation import queries
from careplan.delegation.domain.adherence import standing
from careplan.delegation.domain.delegation import Instruction, State
from careplan.delegation.domain.occasion import Alert, Occasion
from careplan.delegation.domain.reading import converted
from careplan.kernel.clock import utc_now
from careplan.web.forms import Form
from careplan.web.plots import Plot, Point

TAGS = {State.ACTIVE: "settled", State.PROPOSED: "waiting", State.ACCEPTED: "waiting", State.SUSPENDED: "stopped"}


def alerts_of(actor: Actor) -> list[Alert]:
    if actor.role is Role.PROVIDER_COORDINATOR:
        return queries.list_open_alerts(organisation_id=actor.organisation_id) if actor.organisation_id else []
    of_team = actor.organisation_id if actor.role is Role.NURSE else None
    return queries.list_open_alerts(account_id=actor.account_id, organisation_id=of_team)


def plots_of(instruction: Instruction | None, occasions: Sequence[Occasion]) -> list[Plot]:
    """The readings of the latest occasions over time, each against the range of the instruction that stands."""
    return [
        Plot(
            name=normal.name,
            unit=normal.unit,
            low=normal.low,
            high=normal.high,
            points=tuple(
                Point(o.effective_at, value, r.in_range is not False)
                for o in standing(occasions)
                for r in o.readings
                if r.name == normal.name
                and (value := converted(r.value, r.unit, to=normal.unit, name=r.name)) is not None
            ),
        )
        for normal in (instruction.ranges if instruction else ())
    ]


def write_down(actor: Actor, person_id: UUID, route: str, subject: UUID) -> None:
    """The guard of a role knows no person, so the person's own trail is written here."""
    entry = audit.Entry(
        actor=actor,
        section=Section.DELEGATION,
        action=Action.WRITE,
        route=route,
        person_id=person_id,
        subjects=[subject],
    )
    audit.record(db.session, [entry], now=utc_now())


def status(form: Form) -> int:
    return 422 if form.errors or form.form_errors else 200

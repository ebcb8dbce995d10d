"""What several pages of delegation share."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from careplan.access import audit
from careplan.access import queries as access
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Action, Section
from careplan.db import db
from careplan.delegation import queries
from careplan.delegation.domain.adherence import standing
from careplan.delegation.domain.delegation import Delegation, Instruction, State
from careplan.delegation.domain.occasion import Alert, Occasion
from careplan.delegation.domain.reading import converted
from careplan.delegation.domain.stopping import Stop, sentence
from careplan.kernel.clock import utc_now
from careplan.web.forms import Form, choices
from careplan.web.plots import Plot, Point

TAGS = {State.ACTIVE: "settled", State.PROPOSED: "waiting", State.ACCEPTED: "waiting", State.SUSPENDED: "stopped"}


def alerts_of(actor: Actor) -> list[Alert]:
    """What this account, or a coordinator's organisation, has been told of and not yet acknowledged."""
    if actor.role is Role.PROVIDER_COORDINATOR:
        return queries.list_open_alerts(organisation_id=actor.organisation_id) if actor.organisation_id else []
    of_team = actor.organisation_id if actor.role is Role.NURSE else None
    found = queries.list_open_alerts(account_id=actor.account_id, organisation_id=of_team)
    # Of one reading that reached the nurse first and everybody later, one line is enough.
    return list({a.escalation_id or a.id: a for a in found}.values())


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


def stops_of(actor: Actor) -> list[Stop]:
    """What fell away that this account, or a coordinator's organisation, does not know of yet."""
    if actor.role is Role.PROVIDER_COORDINATOR:
        return queries.list_open_stops(provider_id=actor.organisation_id) if actor.organisation_id else []
    return queries.list_open_stops(delegator_id=actor.account_id)


def said_of(stops: Iterable[Stop], names: Mapping[UUID, str]) -> dict[UUID, str]:
    """What happened, each as a sentence."""
    return {s.id: sentence(s.cause, names.get(s.worker_id) if s.worker_id else None) for s in stops}


def offer_workers(form: Form, found: Delegation) -> None:
    """The workers of the provider, to choose from."""
    workers = access.list_accounts(organisation_id=found.provider_id, role=Role.CARE_WORKER)
    form.worker_id.choices = choices([("", "Choose"), *((str(w.account_id), w.name) for w in workers)])


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
    """422 where something is to be mended, so that nothing is kept; else 200."""
    return 422 if form.errors or form.form_errors else 200

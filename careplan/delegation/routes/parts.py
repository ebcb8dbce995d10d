"""What several pages of delegation share."""

from uuid import UUID

from careplan.access import audit
from careplan.access.domain.actor import Actor, Role
from careplan.access.domain.policy import Action, Section
from careplan.db import db
from careplan.delegation import queries
from careplan.delegation.domain.delegation import State
from careplan.delegation.domain.occasion import Alert
from careplan.kernel.clock import utc_now
from careplan.web.forms import Form

TAGS = {State.ACTIVE: "settled", State.PROPOSED: "waiting", State.ACCEPTED: "waiting", State.SUSPENDED: "stopped"}


def alerts_of(actor: Actor) -> list[Alert]:
    if actor.role is Role.PROVIDER_COORDINATOR:
        return queries.list_open_alerts(organisation_id=actor.organisation_id) if actor.organisation_id else []
    return queries.list_open_alerts(account_id=actor.account_id)


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

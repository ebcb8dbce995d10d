"""What the JSON calls of plans take, and how plans are written as JSON."""

from datetime import datetime
from typing import Any
from uuid import UUID

from marshmallow import Schema, fields, post_load, validate

from careplan.kernel.canonical import content_hash
from careplan.plans.domain.agreement import Advocate, Agreement, BestInterests, Capacity, Channel
from careplan.plans.domain.answers import PersonsPart
from careplan.plans.domain.content import as_json
from careplan.plans.domain.not_agreed import NotAgreed
from careplan.plans.domain.plan import PlanVersion, SupportPlan
from careplan.plans.domain.state import NEEDED, Party
from careplan.plans.service import Signature


class AdvocateSchema(Schema):
    """Who helped somebody to decide."""

    name = fields.String(required=True, validate=validate.Length(min=1, max=200))
    organisation = fields.String(required=True, validate=validate.Length(min=1, max=200))

    @post_load
    def make(self, sent: dict[str, Any], **_: object) -> Advocate:
        """The advocate."""
        return Advocate(**sent)


class SignatureSchema(Schema):
    """A signature as a client sends it; the client makes the id, so that it can be sent twice."""

    id = fields.UUID(required=True)
    party = fields.Enum(Party, by_value=True, required=True)
    capacity = fields.Enum(Capacity, by_value=True, required=True)
    content_hash = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{64}$", error="64 hex digits."))
    statement = fields.String(required=True, validate=validate.Length(min=1, max=2_000))
    channel = fields.Enum(Channel, by_value=True, load_default=Channel.ONLINE)
    agreed_on = fields.Date(load_default=None, allow_none=True)
    recorded_by = fields.UUID(load_default=None, allow_none=True)
    witness = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))
    authority_id = fields.UUID(load_default=None, allow_none=True)
    advocate = fields.Nested(AdvocateSchema(), load_default=None, allow_none=True)

    @post_load
    def make(self, sent: dict[str, Any], **_: object) -> tuple[Signature, UUID | None]:
        """The signature, and who is said to have recorded it."""
        recorded_by = sent.pop("recorded_by")
        witness = sent.pop("witness")
        account = _account(witness)
        signature = Signature(**sent, witness_id=account, witness_name=None if account else witness)
        return signature, recorded_by


def plan_json(plan: SupportPlan, *, names: dict[Party, str]) -> dict[str, Any]:
    """A plan without its contents; `parties` says for the version that waits, or else counts, who has agreed."""
    shown = plan.proposed or plan.in_force or plan.agreed
    return {
        "id": str(plan.id),
        "person": str(plan.person_id),
        "service_starts_on": plan.service_starts_on.isoformat() if plan.service_starts_on else None,
        "in_force": _number(plan.in_force),
        "proposed": _number(plan.proposed),
        "draft": _number(plan.draft),
        "parties": [_party(party, shown, names) for party in Party],
        "versions": [
            {
                "number": v.number,
                "kind": v.kind.value,
                "state": v.state.value,
                "content_hash": v.content_hash,
                "proposed_at": _instant(v.proposed_at),
            }
            for v in plan.versions
        ],
    }


def version_json(version: PlanVersion) -> dict[str, Any]:
    """A version whole; for a draft the hash is that of what it says now."""
    content = as_json(version.content)
    return {
        "plan": str(version.plan_id),
        "person": str(version.person_id),
        "number": version.number,
        "kind": version.kind.value,
        "state": version.state.value,
        "revision": version.revision,
        "content": content,
        "content_hash": content_hash(content),
        "proposed_at": _instant(version.proposed_at),
        "in_force_from": _instant(version.in_force_from),
        "counts_from": version.counts_from.isoformat() if version.counts_from else None,
        "withdrawn_at": _instant(version.withdrawn_at),
        "agreements": [_agreement(a) for a in version.agreements],
        "taken_back": [_taken_back(a) for a in version.taken_back],
        "best_interests": _best_interests(version.best_interests),
        "not_agreed": _not_agreed(version.not_agreed),
        "persons_part": version.persons_part.value,
        "outstanding": [party.value for party in version.outstanding],
    }


def _party(party: Party, version: PlanVersion | None, names: dict[Party, str]) -> dict[str, Any]:
    signed = version.agreement_of(party) if version else None
    settled = version.settled.get(party) if version else None
    instead = version.persons_part if version and party is Party.PERSON else None
    return {
        "party": party.value,
        "name": names.get(party, ""),
        "version": version.number if version else None,
        "needed": version is not None and party in NEEDED[version.kind],
        "agreed": signed is not None,
        "decided_in_best_interests": instead is PersonsPart.BEST_INTERESTS,
        "not_agreed": instead is PersonsPart.NOT_AGREED,
        "at": _instant(settled),
    }


def _agreement(signed: Agreement) -> dict[str, Any]:
    return {
        "id": str(signed.id),
        "party": signed.party.value,
        "capacity": signed.capacity.value,
        "name": signed.signer_name,
        "content_hash": signed.content_hash,
        "statement": signed.statement,
        "channel": signed.channel.value,
        "agreed_on": signed.agreed_on.isoformat(),
        "at": _instant(signed.at),
        "witness": signed.witness_name,
        "advocate": _advocate(signed.advocate),
    }


def _advocate(advocate: Advocate | None) -> dict[str, str] | None:
    return {"name": advocate.name, "organisation": advocate.organisation} if advocate else None


def _taken_back(gone: Agreement) -> dict[str, Any]:
    said = gone.taken_back
    return {**_agreement(gone), "taken_back_at": _instant(said.at) if said else None,
            "reason": said.reason if said else None}  # fmt: skip


def _not_agreed(decision: NotAgreed | None) -> dict[str, Any] | None:
    if decision is None:
        return None
    said = decision.said
    return {
        "id": str(decision.id),
        "cause": said.cause.value,
        "words": said.words,
        "steps": [{"on": step.on.isoformat(), "what": step.what} for step in said.steps],
        "complaint_route": said.complaint_route,
        "review_by": said.review_by.isoformat(),
        "decided_by": decision.decided_by_name,
        "decided_on": said.decided_on.isoformat(),
        "content_hash": decision.content_hash,
    }


def _best_interests(decided: BestInterests | None) -> dict[str, Any] | None:
    if decided is None:
        return None
    return {
        "id": str(decided.id),
        "decision": decided.decision,
        "decision_maker": decided.decision_maker_name,
        "decided_on": decided.decided_on.isoformat(),
        "content_hash": decided.content_hash,
    }


def _number(version: PlanVersion | None) -> int | None:
    return version.number if version else None


def _instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _account(witness: str | None) -> UUID | None:
    try:
        return UUID(witness) if witness else None
    except ValueError:
        return None

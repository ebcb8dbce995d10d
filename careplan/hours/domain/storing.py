"""What an agreed plan says about hours, in the form in which it is kept."""

from typing import Any

from careplan.hours.domain.terms import ContingencyTerms, Grant, Terms


def terms_as_json(t: Terms) -> dict[str, Any]:
    """What of the terms has no column of its own."""
    return {
        "provider_id": str(t.provider_id),
        "counts_from": t.counts_from.isoformat(),
        "grants": [_grant_as_json(g) for g in t.grants],
        "basis": t.basis.value,
        "tolerance": t.tolerance,
        "weekly_floor": t.weekly_floor,
        "weekly_ceiling": t.weekly_ceiling,
        "carry_over": {"rule": t.carry_over.rule.value, "cap": t.carry_over.cap},
        "contingency": _contingency_as_json(t.contingency) if t.contingency else None,
        "adjustment": {
            "direction": t.adjustment.direction.value,
            "percent": t.adjustment.percent,
            "minutes": t.adjustment.minutes,
        },
        "outcomes": [{"id": str(o.id), "words": o.words} for o in t.outcomes],
        "person_decides": t.person_decides,
    }


def _grant_as_json(g: Grant) -> dict[str, Any]:
    parts = {"parts": {"council": g.parts.council, "nhs": g.parts.nhs}} if g.parts else {}
    return {"funder": g.funder.value, "weeks": list(g.weeks), **parts}


def _contingency_as_json(c: ContingencyTerms) -> dict[str, Any]:
    return {
        "minutes": c.minutes,
        "circumstances": [{"slug": a.slug, "words": a.words} for a in c.circumstances],
        "services": [{"slug": a.slug, "words": a.words} for a in c.services],
        "provider_limit": c.provider_limit,
    }

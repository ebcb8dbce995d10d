"""Which pages stand at the top of every page, by what one's account is for.

The account is asked only for `role`; this module knows no more of it.
"""

from dataclasses import dataclass
from typing import Any

from flask import Flask, request
from flask_babel import lazy_gettext as _


@dataclass(frozen=True, slots=True)
class Link:
    """One page in the navigation; `current` when the page shown is it or lies below it."""

    label: Any
    address: str
    current: bool = False


HOME = Link(_("Home"), "/me")
MY_PLAN = Link(_("My plan"), "/me/plan")
MY_HOURS = Link(_("My hours"), "/me/hours")
MY_VISITS = Link(_("My visits"), "/me/visits")
MY_PROGRESS = Link(_("How it is going"), "/me/progress")
CARING = Link(_("Caring"), "/me/caring")
PEOPLE = Link(_("People"), "/people")
AUTHORISE = Link(_("Plans to sign"), "/authorise")
REVIEWS = Link(_("Reviews"), "/reviews")
REQUESTS = Link(_("Requests"), "/requests")
TODAY = Link(_("Today"), "/provider")
ROTA = Link(_("Rota"), "/provider/rota")
WEEK = Link(_("Week"), "/provider/week")
HOURS = Link(_("Hours"), "/provider/hours")
COMMISSIONED = Link(_("Hours"), "/commissioning/hours")
ROUND = Link(_("Round"), "/round")
DELEGATIONS = Link(_("Delegations"), "/delegations")
REFERRALS = Link(_("Referrals"), "/referrals")
CONCERNS = Link(_("Concerns"), "/concerns")
COMPLAINTS = Link(_("Complaints"), "/complaints")
TRANSFERS = Link(_("Transfers"), "/commissioning/transfers")
ZONES = Link(_("Zones"), "/commissioning")
ORGANISATIONS = Link(_("Organisations"), "/organisations")
PAY = Link(_("Pay"), "/pay")
CONTRACTS = Link(_("Contracts"), "/pay/contracts")
CHARGES = Link(_("Charges"), "/charges")
CONTRIBUTIONS = Link(_("Contributions"), "/contributions")
OUTCOMES = Link(_("Outcomes"), "/commissioning/outcomes")
SIMULATOR = Link(_("Payment models"), "/commissioning/payments")
OUR_PAY = Link(_("Pay"), "/provider/pay")
MY_CHARGES = Link(_("What I pay"), "/me/charges")
NEWS = Link(_("News"), "/news")
AUDIT = Link(_("Audit"), "/admin/audit")
VISIT_RULES = Link(_("Rules for visits"), "/admin/visit-rules")
MESSAGES = Link(_("Messages"), "/admin/messages")
CLIENTS = Link(_("Connected systems"), "/admin/clients")

OWN_RECORD = (HOME, MY_PLAN, MY_HOURS, MY_VISITS, MY_CHARGES, MY_PROGRESS)
PAGES: dict[str, tuple[Link, ...]] = {
    "citizen": OWN_RECORD,
    "representative": OWN_RECORD,
    # A carer reads the plan and the visits of the person cared for, not how many hours were granted.
    "unpaid_carer": (HOME, CARING, MY_PLAN, MY_VISITS, MY_PROGRESS),
    "social_worker": (PEOPLE, REQUESTS, REVIEWS, CONCERNS, COMPLAINTS),
    "team_manager": (PEOPLE, AUTHORISE, REQUESTS, REVIEWS, CONCERNS, COMPLAINTS, TRANSFERS),
    "trusted_assessor": (PEOPLE, HOURS, REQUESTS),
    "provider_coordinator": (TODAY, ROTA, WEEK, HOURS, PEOPLE, REQUESTS, CONCERNS, COMPLAINTS, OUR_PAY),
    "care_worker": (ROUND,),
    "nurse": (DELEGATIONS, PEOPLE),
    "occupational_therapist": (REFERRALS, PEOPLE),
    "safeguarding_lead": (CONCERNS, ORGANISATIONS),
    "commissioner": (ZONES, COMMISSIONED, OUTCOMES, SIMULATOR, PAY, ORGANISATIONS),
    "broker": (ZONES, COMMISSIONED, OUTCOMES, ORGANISATIONS),
    "finance_officer": (PAY, CONTRACTS, CHARGES, CONTRIBUTIONS, ORGANISATIONS),
    "auditor": (AUDIT,),
    "privacy_officer": (AUDIT,),
    "admin": (CLIENTS, VISIT_RULES, MESSAGES),
}


def navigation(app: Flask, actor: Any) -> tuple[Link, ...]:
    """The pages for this account that the application really has, the present one marked."""
    if actor is None:
        return ()
    there = existing_addresses(app)
    links = [link for link in (*PAGES.get(str(actor.role), ()), NEWS) if link.address in there]
    present = _present(request.path, [link.address for link in links])
    return tuple(Link(link.label, link.address, current=link.address == present) for link in links)


def existing_addresses(app: Flask) -> frozenset[str]:
    """The addresses without variables that answer a GET; worked out once."""
    found = app.extensions.get("careplan_addresses")
    if found is None:
        found = frozenset(
            rule.rule for rule in app.url_map.iter_rules() if not rule.arguments and "GET" in (rule.methods or ())
        )
        app.extensions["careplan_addresses"] = found
    return found


def _present(path: str, addresses: list[str]) -> str | None:
    """The longest address that the path is or lies below: /me/plan/ask belongs to /me/plan, not to /me."""
    above = [a for a in addresses if path == a or path.startswith(f"{a}/")]
    return max(above, key=len, default=None)

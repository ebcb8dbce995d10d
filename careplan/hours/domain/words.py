"""How a move of minutes is said in a ledger that people read."""

from careplan.hours.domain.ledger import Account, Flow, Kind

WORDS: dict[Kind, str] = {
    Kind.ALLOCATE: "Granted by the plan",
    Kind.TOP_UP: "Topped up",
    Kind.RESERVE: "Set aside for a planned visit",
    Kind.RELEASE: "No longer set aside",
    Kind.DRAW: "Delivered",
    Kind.DRAW_UNFUNDED: "Delivered without funding",
    Kind.CONTINGENCY_DRAW: "Contingency used",
    Kind.ABSORB: "Taken on by the provider",
    Kind.ADJUST: "Changed",
    Kind.EXPIRE: "Ended unused",
    Kind.CARRY_OUT: "Carried on to the next four weeks",
    Kind.CARRY_IN: "Carried in from the four weeks before",
    Kind.REVERSE: "Taken back",
}
PLACES: dict[Account, str] = {
    Account.SOURCE: "the plan",
    Account.BANK: "hours to use",
    Account.RESERVED: "planned visits",
    Account.CONTINGENCY: "contingency",
    Account.DELIVERED: "care given",
    Account.UNFUNDED: "not funded yet",
    Account.EXPIRED: "ended unused",
    Account.WRITTEN_OFF: "taken on by the provider",
}


def said(flow: Flow) -> str:
    """Why minutes moved, in words."""
    if flow.kind is Kind.ALLOCATE and flow.target is Account.CONTINGENCY:
        return "Kept aside as contingency"
    if flow.kind is Kind.ADJUST:
        return "Cut by a new version of the plan" if flow.target is Account.SOURCE else "Raised"
    return WORDS[flow.kind]


def way(flow: Flow) -> str:
    """From where to where."""
    return f"{PLACES[flow.source]} → {PLACES[flow.target]}"

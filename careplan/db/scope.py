"""Whose eyes a transaction has: row-level security reads what is set here."""

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session, scoped_session

AnySession = Session | scoped_session[Any]

_SET = text(
    "SELECT set_config('careplan.account', :account, true), set_config('careplan.organisation', :organisation, true),"
    " set_config('careplan.team', :team, true), set_config('careplan.sees_all', :sees_all, true),"
    " set_config('careplan.as', :name, true)"
)


def set_actor(
    session: AnySession, *, account_id: UUID, organisation_id: UUID | None = None, team_id: UUID | None = None
) -> None:
    """Until the transaction ends, only rows of people to whom this account, organisation or team is related show."""
    session.execute(
        _SET,
        {
            "account": str(account_id),
            "organisation": str(organisation_id or ""),
            "team": str(team_id or ""),
            "sees_all": "off",
            "name": "account",
        },
    )


def see_everything(session: AnySession, *, as_: str) -> None:
    """Until the transaction ends, every row shows; `as_` names the part of the product that needs it and why."""
    session.execute(_SET, {"account": "", "organisation": "", "team": "", "sees_all": "on", "name": as_})

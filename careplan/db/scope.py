"""Whose eyes a transaction has: row-level security reads what is set here."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session, scoped_session

AnySession = Session | scoped_session[Any]

_SETTING = (
    "SELECT set_config('careplan.account', :account, true), set_config('careplan.organisation', :organisation, true),"
    " set_config('careplan.team', :team, true), set_config('careplan.sees_all', :sees_all, true),"
    " set_config('careplan.as', :name, true)"
)
_SET = text(_SETTING)
_EVERYTHING = {"account": "", "organisation": "", "team": "", "sees_all": "on"}
_LOCKS = (
    ", (SELECT count(pg_advisory_xact_lock(hashtextextended(k.id, k.kind)))"
    " FROM unnest(CAST(:ids AS text[]), CAST(:kinds AS bigint[])) AS k (id, kind))"
)
_SET_AND_LOCK = text(f"{_SETTING}{_LOCKS}")


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


def see_everything_locking(session: AnySession, *, as_: str, locks: Sequence[tuple[UUID, int]]) -> None:
    """The same as `see_everything`, and in the same breath advisory locks of things of these kinds, in this order."""
    ids, kinds = [str(id_) for id_, _ in locks], [kind for _, kind in locks]
    session.execute(_SET_AND_LOCK, {**_EVERYTHING, "name": as_, "ids": ids, "kinds": kinds})


def see_everything(session: AnySession, *, as_: str) -> None:
    """Until the transaction ends, every row shows; `as_` names the part of the product that needs it and why."""
    session.execute(_SET, {**_EVERYTHING, "name": as_})

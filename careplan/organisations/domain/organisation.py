"""Organisations: who they are, and the code by which the NHS and councils know them."""

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from careplan.kernel.errors import Invalid, Problem

# Organisation Data Service: letters and digits, three for a trust and up to nine for a council's statistical code.
ODS_SHAPE = re.compile(r"[A-Z0-9]{3,10}")


class OrganisationKind(StrEnum):
    """What an organisation is to the people it serves."""

    COUNCIL = "council"
    PROVIDER = "provider"
    NHS_TRUST = "nhs_trust"
    COMMUNITY = "community"
    GP_PRACTICE = "gp_practice"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A council, provider, trust, practice, community organisation, or a team that is part of one."""

    id: UUID
    kind: OrganisationKind
    name: str
    ods_code: str | None = None
    part_of_id: UUID | None = None
    phone: str | None = None
    active: bool = True


class NotAnOdsCode(Invalid):
    """The code does not have the shape of an ODS code."""

    code = "not_an_ods_code"


class TeamWithoutWhole(Invalid):
    """A team must be part of an organisation, and only a team may be."""

    code = "team_without_whole"


def checked_ods_code(typed: str | None) -> str | None:
    """The code in capitals without spaces; None where nothing was typed.  Raises NotAnOdsCode."""
    code = re.sub(r"\s", "", typed or "").upper()
    if not code:
        return None
    if not ODS_SHAPE.fullmatch(code):
        message = "An ODS code is 3 to 10 letters and digits, such as RNB or Y99901. Check it and enter it again."
        raise NotAnOdsCode(message, problems=(Problem("ods_code", message),))
    return code


def check_place(*, kind: OrganisationKind, part_of: Organisation | None) -> None:
    """A team belongs to an organisation, and an organisation to none.  Raises TeamWithoutWhole."""
    if (kind is OrganisationKind.TEAM) == (part_of is not None and part_of.kind is not OrganisationKind.TEAM):
        return
    message = (
        "Say which organisation this team is part of."
        if kind is OrganisationKind.TEAM
        else "Only a team can be part of another organisation."
    )
    raise TeamWithoutWhole(message, problems=(Problem("part_of_id", message),))

"""Pages of the plans slice."""

from careplan.plans.routes import (
    agreeing,
    authorising,
    changing_mind,
    deciding,
    drafting,
    from_assessment,
    mine,
    my_changes,
    overview,
    suggesting,
    unfinished,
)
from careplan.plans.routes.blueprint import blueprint

__all__ = [
    "agreeing",
    "authorising",
    "blueprint",
    "changing_mind",
    "deciding",
    "drafting",
    "from_assessment",
    "mine",
    "my_changes",
    "overview",
    "suggesting",
    "unfinished",
]

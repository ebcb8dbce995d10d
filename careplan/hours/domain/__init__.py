"""Pure decisions about hours: what a plan grants, how minutes move, who may draw contingency."""

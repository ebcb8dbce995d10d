"""The demo council: what an empty demo is filled with, and the ids by which scripts find its people and plans."""

from careplan.demo.council.building import build, is_built
from careplan.demo.council.finding import ids

__all__ = ["build", "ids", "is_built"]

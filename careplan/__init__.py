"""Outcome-based care planning with a shared care record, for English councils."""

import gc

# Modules and tables are made once and stay. By the usual threshold they are searched for rubbish again and again while
# they are made, which takes a fifth of a start.
gc.set_threshold(50_000, 20, 20)

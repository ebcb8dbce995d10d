"""What every slice stands on: ids, clock, minutes, money, periods, errors, transitions. Pure Python, no I/O."""

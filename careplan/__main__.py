"""`python -m careplan` is `careplan`."""

from careplan.cli import main

main()

"""Work that waits its turn: jobs over the same database, enqueued in the transaction of the act that causes them."""

"""Who may do what: accounts, sessions, sign-in, relationships, the one policy, and the trail of reads and writes."""

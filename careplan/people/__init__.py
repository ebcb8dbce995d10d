"""People who draw on support, and everyone around them: contacts, representatives, carers, the partnership."""

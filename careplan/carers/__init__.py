"""Those who care without pay, each with a record of her own: what it takes of her, what she is due, and her plan."""

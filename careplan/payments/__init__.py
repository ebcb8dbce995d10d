"""What providers are paid and what people are charged, from the same visits."""

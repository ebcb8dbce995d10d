"""A council of any size with a history of visits, for trying out how the product bears it. Nobody in it exists."""

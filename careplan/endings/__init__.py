"""How care at home ends: by a death, a move or a wish; what ends with it, and how a mistake is set right."""

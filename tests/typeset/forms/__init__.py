"""Form families: from the specification of an evaluation to its table."""

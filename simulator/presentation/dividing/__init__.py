"""What a divided plan shows."""

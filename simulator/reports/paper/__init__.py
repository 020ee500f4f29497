"""The decision paper of a scenario, and its version on one page."""

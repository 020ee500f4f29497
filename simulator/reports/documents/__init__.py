"""Documents: templates an office can replace, filled with what a report says; PDF."""

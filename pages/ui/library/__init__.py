"""Thư viện: saved scenarios and those that are shipped."""

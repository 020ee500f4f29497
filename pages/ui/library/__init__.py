"""The screen *Thư viện*: saved scenarios, their versions and files, and those shipped."""

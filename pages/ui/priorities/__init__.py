"""The screen *Ưu tiên*: what every lever is worth, and what to do first."""

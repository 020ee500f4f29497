"""The screen *Mục tiêu*: the plan of least effort for what is wanted."""

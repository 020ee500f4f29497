"""The screen *So sánh*: scenarios side by side, beside the present."""

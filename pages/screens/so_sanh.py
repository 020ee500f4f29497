"""So sánh: scenarios side by side."""

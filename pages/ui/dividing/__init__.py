"""The screen *Giao chỉ tiêu*: a province's plan divided among its departments and communes."""

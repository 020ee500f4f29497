"""Content of *Xếp hạng*: how sure a place is, what gains one, who comes from behind, and why."""

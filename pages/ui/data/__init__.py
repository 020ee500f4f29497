"""Content of *Dữ liệu*: an office takes in its own figures, keeps, compares and deletes them."""

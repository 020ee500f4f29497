"""Reports that leave the app: workbooks, documents, pictures, tables and their archive."""

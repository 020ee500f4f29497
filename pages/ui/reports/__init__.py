"""*Báo cáo*: documents, workbooks, pictures and tables that leave the app."""

"""The announcement of a period's results: a document, and its annexes as a workbook."""

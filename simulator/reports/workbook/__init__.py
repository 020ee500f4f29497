"""The what-if as a workbook that goes on computing without the app."""

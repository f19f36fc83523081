"""The budget as an Excel workbook: written with live formulas that keep the cent, and read back cell by cell.

`write` makes the workbook of a bid's money. `read` takes what a limited process has found in a workbook
that somebody brought, ours or a plain sheet with a header row, and says what each cell means or why it
can't be read. `difference` sets that beside the budget as it is now. Nothing here knows a table.
"""

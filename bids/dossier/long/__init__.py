"""Tables of thousands of rows, written as tagged PDF without a layout engine: some ninety times as fast.

`table.py` says what a long table is, on both sides of the press; `writer.set_long_table` makes a fragment of it,
which looks like the tables of `templates/dossier/print.css` and is bound like any other section.
"""

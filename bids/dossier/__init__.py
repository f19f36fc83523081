"""From facts to paper: the pages of a bid's dossier, set by WeasyPrint in a process of its own.

`build.build_pdf(source)` is the whole road. Only `pdf.py` knows WeasyPrint, only `binding*.py` know
pikepdf, and both run in the press (`press.py` starts it, `presswork.py` is what it runs): a child
process without network, secrets or database, each section under hard limits.
"""

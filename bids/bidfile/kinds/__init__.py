"""The kinds of values a bid file is made of.

Each kind reads, writes and describes itself (as JSON Schema), so that reader, writer and schema
can't drift apart. Which field is of which kind follows from the types of the facts (`bidfile.shape`).
"""

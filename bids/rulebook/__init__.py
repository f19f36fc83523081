"""The law of a bid, in plain Python.

Standard library only: no Django, no database, no clock of its own. Every rule takes facts,
returns facts with reasons, and names the legal source it follows. What the rest of the house
shows, refuses or prints about money, readiness, permits and the life of a bid is decided here.
"""

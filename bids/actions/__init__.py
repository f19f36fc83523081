"""The verbs of the house: each does one deliberate thing, says who did it, and records it."""

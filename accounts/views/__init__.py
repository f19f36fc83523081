"""The pages about people: one function per page."""

"""The pages: one file per subject, one function per page."""

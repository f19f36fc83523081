"""What each section shows, made ready for its template: one file per subject, nothing typeset here."""

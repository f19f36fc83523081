"""What people type, checked: one file per subject, in the reader's own way of writing numbers and dates."""

"""The ministry's desk: the Django admin, made for the job."""

"""Other people's readers of PDF: what each makes of our files."""

"""Personalised sheets: what was decided for one patient, from the record to the paper."""

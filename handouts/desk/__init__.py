"""The front desk's page: a server on this machine alone, for the browser of whoever hands the sheets over."""

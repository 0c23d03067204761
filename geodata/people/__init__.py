"""Who may do what: rights, accounts, and the log of what was done."""

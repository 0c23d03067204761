"""The registry kept by hand: a change of a KIM is a file of one row, committed at once."""

"""The sections of the page Kesenjangan, each drawn only when it is the one chosen."""

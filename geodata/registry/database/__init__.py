"""The registry's database: batches of staged rows, versions of KIM, and what was undone.

No KIM in it is overwritten or deleted. A commit writes new versions of KIM under a new version
number of the registry; undoing a batch writes one line that takes its versions out of force,
redoing it one that puts them back. So the registry at any of its versions can be read again.
"""

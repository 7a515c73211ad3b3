"""The small modules that the notebooks share. Imports go one way only: log, estimate, facts,
tables, release < make, read < ask < protect, attack < judge, ns2008, claims < show < learn.
"""

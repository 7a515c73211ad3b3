"""The small modules that the notebooks share. Imports go one way only: log, estimate, facts,
tables, release < make, read < ask < protect, attack < judge, paper, claims < show < learn.
"""

"""The small modules that the notebooks share: four words that all speak, and a folder a step.

    log         a play, the check of a viewing log, the day of a play
    release     what a company publishes, as codes with an inverted index
    estimate    a number with its interval and n
    tables      numbers and frames as text and HTML

    facts < make < read < ask < attack, protect < judge < mine, review < show < learn

A folder imports from those on its left only; its own first lines say what is in it.
"""

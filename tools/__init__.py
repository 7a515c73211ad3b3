"""What start.py and maintainers run; the helpers never import it."""

"""What keeps the workbook true: run, test, drill, lint, claims, readme, lock."""

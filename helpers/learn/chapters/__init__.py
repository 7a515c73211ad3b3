"""The exercises of each chapter with their answers, one file a chapter."""

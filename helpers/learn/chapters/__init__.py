"""The exercises of each chapter with their answers, a file a chapter, or two."""

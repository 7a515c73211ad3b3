"""What the chapters ask and answer, a file a chapter: the text stands here, not the machinery."""

"""Components set each kind of block into boxes, with its tags in reading order."""

"""Pages: a handout becomes blocks, blocks become positioned sheets; nothing here knows the PDF library."""

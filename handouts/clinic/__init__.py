"""A clinic makes it its own: its folder, new definitions in it, where each comes from, what an update changes."""

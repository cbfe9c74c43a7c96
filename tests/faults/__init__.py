"""What the world does to a program while it writes: kills, full disks, vanished files, wrong clocks, other runs."""

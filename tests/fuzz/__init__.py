"""Changed copies of the real files, fed to the program: it answers each with a value or with Problems, never else."""

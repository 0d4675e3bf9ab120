"""The files below `content/data/`. A crash leaves the old file or the new one."""

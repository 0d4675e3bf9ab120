"""From rendered skeletons to the finished files of `output/`."""

"""The courses' own repositories: what a page was written against, what moved since."""

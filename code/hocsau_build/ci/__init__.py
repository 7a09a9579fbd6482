"""What the public repository's workflows run: standard library only, but report."""

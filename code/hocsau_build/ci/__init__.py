"""What the workflows of the public repository run: standard library only, but report."""

"""What the repository's workflows run; report and figures use more than stdlib."""

"""The `desk` command's verbs."""

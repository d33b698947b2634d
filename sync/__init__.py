"""Moving rows and submissions between machines; knows entries, not their meaning."""

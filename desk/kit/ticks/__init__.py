"""The ticker's own notes: when it last ran, what failed, and who holds the lease."""

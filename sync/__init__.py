"""Moving rows and submissions between machines; knows entries, not their meaning. The protocol is told in docs/sync.md."""

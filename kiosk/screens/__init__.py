"""The screens that a resident sees: one module per screen, each a read of the machine and a page."""

"""Lobby kiosks from the desk: how they are, what their submissions need, notices, urgent numbers and resident cards."""

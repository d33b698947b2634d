"""Rule book of the kiosks: how they stand, what hangs on their board, who holds a card, and what a resident is told of a request."""

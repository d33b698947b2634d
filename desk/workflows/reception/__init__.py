"""Reception: every contact with a household is one line (来访来电登记), and the inbox of what waits for an answer."""

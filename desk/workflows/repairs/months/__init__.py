"""The months of repairs: what their reports rest on, and the reports that were frozen."""

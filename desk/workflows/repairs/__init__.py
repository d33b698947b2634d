"""Repairs (报修): from the report to the signed revisit."""

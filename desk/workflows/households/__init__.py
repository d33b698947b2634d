"""Households (一户一档): buildings, units, people in their roles over time, and the roster that brings them in."""

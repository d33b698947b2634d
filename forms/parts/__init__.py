"""What many papers share: letterhead, grid, signatures, foot, marks."""

"""The charts: each module draws the report of its name, by `draw(frame) -> Figure`."""

"""The charts: a module named like a report draws it, the others help those."""

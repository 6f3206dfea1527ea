"""Listings of the regular form, read many at once from bytes.

A regular listing has all its statistics, each entry on seven lines (head, title, blank, names,
blank, abstract, blank), as many as it declares, and nothing that `pipeline.listing` would warn of.
What it says is read as `pipeline.listing` reads it, only faster: whole columns instead of lines.
All other listings are left to `pipeline.listing`.
"""

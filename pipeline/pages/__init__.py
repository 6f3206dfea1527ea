"""What the HTML pages are made of: the story's order, captions, pictures, tables, templates."""

"""Whether two printed names could be one person's: decided on the strings alone, pure."""

"""What charts share: style, fonts, axes and kinds of pictures."""

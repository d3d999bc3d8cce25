"""What is printed: preview, printers, files, e-mail, a whole day at once, and which sheets are out of date."""

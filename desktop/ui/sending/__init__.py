"""What goes to customs, as the window shows it: the plan before the first byte, how far it got, and what to do next."""

"""What the program noticed by itself, and what a person does about it."""

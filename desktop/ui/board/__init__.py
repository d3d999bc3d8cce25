"""The Crossings screen: which trucks may go to the border, and what to do about those that may not."""

"""New PARS and PAPS labels, printed before there is a load for them."""

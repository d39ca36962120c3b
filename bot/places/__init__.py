"""Where things are: which municipality a point lies in, how far it is, who answers beyond the border."""

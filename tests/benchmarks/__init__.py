"""Measurements, for `make bench`: each beside its floor, in the same run on the same machine. Nothing is asserted."""

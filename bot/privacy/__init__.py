"""What residents are told of their data, how long it stays, and how they see, copy and erase it."""

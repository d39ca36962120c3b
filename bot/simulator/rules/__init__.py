"""What LINE accepts in a request body, as tables of checks."""

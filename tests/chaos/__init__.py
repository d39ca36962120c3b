"""Everything is killed, locked, filled up and delayed while people use the bot; afterwards it is counted."""

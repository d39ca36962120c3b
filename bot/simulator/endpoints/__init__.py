"""What the simulated platform answers, one file per part of the Messaging API."""

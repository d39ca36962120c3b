"""Rich menus: what they hold, and how they come to LINE."""

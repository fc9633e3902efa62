"""An invented mayor's reminders: who sits around the register, what was reported, what followed."""

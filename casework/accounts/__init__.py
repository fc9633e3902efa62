"""Sign-in, second factor, web sessions, throttle."""

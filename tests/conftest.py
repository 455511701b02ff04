"""What holds for every test."""

import signal

# A shell that starts the tests in the background lets them ignore Ctrl-C, and their child processes with them; what we
# test is a program that somebody started by hand.
signal.signal(signal.SIGINT, signal.default_int_handler)

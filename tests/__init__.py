"""The tests: rooms mirrored, flows through the window, measurements and the crash test."""

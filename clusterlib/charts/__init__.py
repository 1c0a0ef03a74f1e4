"""Frame in, finished chart out: a file per family of charts."""

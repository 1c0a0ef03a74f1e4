"""Lets the kit be started with `python -m clusterlib`."""

from clusterlib.cli import main

raise SystemExit(main())

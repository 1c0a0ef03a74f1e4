"""The same for maps: frame in, finished map out."""

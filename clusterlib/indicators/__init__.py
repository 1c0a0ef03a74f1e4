"""Arrays and frames in, labelled frames out: what the lessons measure."""

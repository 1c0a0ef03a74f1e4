"""The classroom: pages built from the notebooks, served by Voila on this machine."""

import sys

# Building the grammar of jsonschema's optional IRI check takes 2.4 s at import; nothing uses it.
sys.modules.setdefault("rfc3987_syntax", None)

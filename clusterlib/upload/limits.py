"""What a learner's file may be at most: checked before anything costly is done with it."""

BYTES = 8 * 2**20  # of the file as it comes
ROWS = 20_000  # rows of a table, features of a map
COLUMNS = 200
CELLS = 400_000  # rows times columns: half a second of reading
CELL = 2_000  # characters in one cell
HEADER_ROWS = 3

MEMBERS = 500  # files inside an .xlsx
PLAIN = 48 * 2**20  # bytes of an .xlsx unpacked
RATIO = 200  # unpacked to packed, of a member over a megabyte
SHEET_CELLS = 30_000  # cells of an .xlsx; one costs twenty times what a cell of a text costs

DEPTH = 24  # brackets inside brackets in a GeoJSON
VERTICES = 200_000

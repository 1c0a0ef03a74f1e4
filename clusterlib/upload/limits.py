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
SHEET_CELLS = 170_000  # cells of an .xlsx that hold something: 20,000 rows of eight columns
LETTERS = 8 * 2**20  # characters in all of them: one shared word may stand in every cell
TAGS = 1_500_000  # "<" in the parts that are read: six or eight a cell, by its writer
NAMES = 2_000  # different names of tags and attributes; real workbooks have about a hundred
ELEMENTS = 70_000  # styles and sheets; a spreadsheet has at most 64,000 styles

DEPTH = 24  # brackets inside brackets in a GeoJSON
VERTICES = 200_000

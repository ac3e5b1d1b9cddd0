"""How much one file may hold. Beyond, a file is a mistake or an attack, and is refused."""

# A sheet of Excel has at most 1,048,576 lines; a country's persons fit in three millions.
MAX_ROWS = 3_000_000
MAX_SHEET_ROWS = 1_048_576
# The household questionnaire has about 150 questions.
MAX_COLUMNS = 1_000
# Blocks of merged cells: some tens of thousands of households told by hand.
MAX_MERGES = 50_000
# As Excel itself.
MAX_CELL = 32_767
MAX_BYTES = 512 * 1024 * 1024
MAX_MB = MAX_BYTES // (1024 * 1024)

# A workbook is a zip archive: how many parts, how large once inflated, how many times larger.
MAX_PARTS = 2_000
MAX_INFLATED = 3 * 1024**3
MAX_PART = 2 * 1024**3
MAX_SHARED_TEXT = 300 * 1024**2
MAX_RATIO = 150
# Below this size a high ratio harms nobody: empty styles compress very well.
RATIO_FROM = 8 * 1024**2

# A Parquet file tells the inflated size of each of its pages.
MAX_FOOTER = 16 * 1024**2
MAX_ROW_GROUP = 1024**3

"""The rows of an organiser's table, as an editor or a spreadsheet writes it: tabs, `;` or commas, quotes or none."""

import codecs
import csv
from collections.abc import Sequence

DELIMITERS = ("\t", ";", ",")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SAVE_AS = (
    "sla het op als UTF-8 (in Excel: Opslaan als, 'CSV UTF-8', niet 'CSV' of 'Tekst'; "
    "in Kladblok: Opslaan als, Codering UTF-8) en laat de naam op .tsv eindigen"
)


def encoding_of(raw: bytes) -> str:
    """How a file is written: UTF-8 with or without a mark, or UTF-16 where it begins with its mark."""
    if raw.startswith(_UTF_16):
        return "utf-16"
    return "utf-8-sig" if raw.startswith(codecs.BOM_UTF8) else "utf-8"


def delimiter_of(first_line: str, header: Sequence[str]) -> str:
    """What stands between the columns of a file that begins with this line; empty where it is not the header."""
    for delimiter in DELIMITERS:
        if cells(first_line, delimiter, len(header)) == list(header):
            return delimiter
    return ""


def cells(line: str, delimiter: str, width: int) -> list[str]:
    """The cells of a line, without the quotes that a spreadsheet puts round some, and empty ones behind.

    Between tabs a cell that only begins with a quote is what somebody typed, and stays so.
    """
    if delimiter == "\t":
        row = [_unquoted(cell.strip()) for cell in line.split("\t")]
    else:
        row = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    while len(row) > width and not row[-1]:
        row.pop()
    return row


def _unquoted(cell: str) -> str:
    inner = cell[1:-1]
    quoted = len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in inner.replace('""', "")
    return inner.replace('""', '"').strip() if quoted else cell

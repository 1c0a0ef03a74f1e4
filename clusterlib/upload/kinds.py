"""What a file is by its first bytes, whatever its name says; what the kit cannot use is named."""

from __future__ import annotations

import io
import zipfile

from clusterlib.errors import UploadRefused
from clusterlib.upload import limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
MAGIC = {
    b"%PDF": "upload_pdf",
    b"HWP Document File": "upload_hwp",
    b"\x1f\x8b": "upload_archive",
    b"7z\xbc\xaf\x27\x1c": "upload_archive",
    b"Rar!": "upload_archive",
    b"BZh": "upload_archive",
    b"\xfd7zXZ\x00": "upload_archive",
    b"\x28\xb5\x2f\xfd": "upload_archive",
    b"\x89PNG": "upload_picture",
    b"\xff\xd8\xff": "upload_picture",
    b"GIF8": "upload_picture",
    b"BM": "upload_picture",
    b"II*\x00": "upload_picture",
    b"MM\x00*": "upload_picture",
    b"SQLite format 3": "upload_database",
    b"PAR1": "upload_database",
    b"\x00\x00\x27\x0a": "upload_shapefile",
    b"\x7fELF": "upload_program",
    b"MZ": "upload_program",
    b"{\\rtf": "upload_document",
}
HTML = ("<!doctype html", "<html", "<head", "<body", "<script", "<meta", "<table", "<!--")
# What else comes in a zip, by a member that only it has.
INSIDE = {
    "word/document.xml": "upload_document",
    "ppt/presentation.xml": "upload_document",
    "Contents/header.hpf": "upload_hwp",
    "xl/workbook.bin": "upload_xls",
    "xl/vbaProject.bin": "upload_macros",
    "EncryptionInfo": "upload_encrypted",
}


def recognise(file: str, content: bytes) -> str:
    """Say "csv", "xlsx" or "geojson"; raises UploadRefused for every other kind of file."""
    if len(content) > limits.BYTES:
        raise UploadRefused(
            "upload_too_large", file, size=len(content) / 2**20, limit=limits.BYTES // 2**20
        )
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UploadRefused("upload_empty", file)
    if content.startswith(b"PK"):
        return _zipped(file, content)
    if content.startswith(OLE):
        raise UploadRefused(_compound(content), file)
    for magic, key in MAGIC.items():
        if content.startswith(magic) and not (magic in (b"BM", b"MZ") and _is_text(content)):
            raise UploadRefused(key, file)
    return _written(file, _start(content))


def _is_text(content: bytes) -> bool:
    return b"\x00" not in content[:512]


def _start(content: bytes) -> str:
    for bom, encoding in BOMS.items():
        if content.startswith(bom):
            return content[:4096].decode(encoding, "ignore").lstrip()
    return content[:4096].decode("latin-1").lstrip()


def _written(file: str, start: str) -> str:
    head = start[:200].casefold()
    if head.startswith(HTML) or "<html" in head:
        raise UploadRefused("upload_html", file, line=1)
    if head.startswith("<"):
        raise UploadRefused("upload_xml", file, line=1)
    return "geojson" if head.startswith(("{", "[")) else "csv"


def _compound(content: bytes) -> str:
    """Which of the old Office family, or which wrapping, by the names of its streams."""
    streams = {
        "EncryptedPackage": "upload_encrypted",
        "HwpSummaryInformation": "upload_hwp",
        "BodyText": "upload_hwp",
        "Workbook": "upload_xls",
        "WordDocument": "upload_document",
    }
    found = (key for name, key in streams.items() if name.encode("utf-16-le") in content)
    return next(found, "upload_xls")


def _zipped(file: str, content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except Exception as broken:  # a damaged directory fails in many ways
        raise UploadRefused("upload_damaged", file) from broken
    names = {member.filename for member in members}
    for name, key in INSIDE.items():
        if name in names:
            raise UploadRefused(key, file)
    if "xl/workbook.xml" not in names:
        raise UploadRefused("upload_archive", file)
    _weigh(file, members)
    return "xlsx"


def _weigh(file: str, members: list[zipfile.ZipInfo]) -> None:
    """Refuse what would unpack to far more than it looks, before unpacking anything."""
    if any(member.flag_bits & 1 for member in members):
        raise UploadRefused("upload_encrypted", file)
    swollen = any(
        m.file_size > 2**20 and m.file_size > limits.RATIO * max(m.compress_size, 1)
        for m in members
    )
    heavy = sum(member.file_size for member in members) > limits.PLAIN
    if swollen or heavy or len(members) > limits.MEMBERS:
        raise UploadRefused("upload_bomb", file)

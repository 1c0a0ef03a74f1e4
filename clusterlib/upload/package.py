"""An .xlsx as a zip of XML parts: searched for tricks, then walked through without being built.

No tree is made and no entity is ever declared: a part with a DOCTYPE is refused before its first
element, so nothing can unfold, and no other file or address can be asked for.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

from clusterlib.errors import UploadRefused
from clusterlib.upload import limits

DECLARED = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
WIDE16 = re.compile(rb"^(\xff\xfe|\xfe\xff|<\x00|\x00<)")
CHUNK = 2**18  # bytes at once; no tag, comment or name of a workbook is as long
# What a zip or an XML that is not whole raises, and a number or name in it that is none.
DAMAGE = (
    expat.ExpatError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError,
    NotImplementedError, RuntimeError, LookupError, ValueError, OverflowError,
)  # fmt: skip
Start = Callable[[str, dict[str, str]], None]


def local(name: str) -> str:
    """A tag without its namespace.

    >>> local("http://purl.oclc.org/ooxml/spreadsheetml/main sheet")
    'sheet'
    """
    return name.rpartition(" ")[2]


class Package:
    """The parts of a workbook by name; `cells` counts those of a part that are not empty."""

    def __init__(self, file: str, content: bytes) -> None:
        self.file = file
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._tags = 0
        self.cells: dict[str, int] = {}
        self._opening: dict[str, int] = {}  # tags of a part, counted before any is read
        self._search()

    def __contains__(self, part: str) -> bool:
        return part in self._archive.NameToInfo

    def _search(self) -> None:
        """Read every part of XML once: its checksum is proved, its declarations are seen."""
        for member in self._archive.infolist():
            if member.filename.endswith((".xml", ".rels")):
                xml = self._archive.read(member)  # never more than the size that was weighed
                if DECLARED.search(xml) or WIDE16.match(xml):
                    raise UploadRefused("upload_tricks", self.file)
                self.cells[member.filename] = xml.count(b"</c>")
                self._opening[member.filename] = xml.count(b"<")

    def walk(
        self,
        part: str,
        start: Start,
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Call back for every tag and text of a part; a tag is its namespace, a blank, its name."""
        if self._tags + self._opening.get(part, 0) > limits.TAGS:
            raise UploadRefused("upload_bomb", self.file)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        told = 0
        with self._archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                self._tags += chunk.count(b"<")
                parser.Parse(chunk, False)
                told += len(chunk)
                endless = told - parser.CurrentByteIndex > 2 * CHUNK  # it would be read again
                if endless or self._tags > limits.TAGS or len(parser.intern) > limits.NAMES:
                    raise UploadRefused("upload_bomb", self.file)
        parser.Parse(b"", True)

    def _refuse(self, *_: object) -> None:
        raise UploadRefused("upload_tricks", self.file)

    def elements(self, part: str, *wanted: str) -> list[tuple[str, dict[str, str]]]:
        """The wanted tags of a small part, each with the tag above it: "sheets/sheet"."""
        above, found = [""], []

        def start(name: str, attributes: dict[str, str]) -> None:
            path = f"{above[-1]}/{local(name)}"
            if path in wanted:
                found.append((path, attributes))
                if len(found) > limits.ELEMENTS:
                    raise UploadRefused("upload_bomb", self.file)
            above.append(local(name))

        def end(_: str) -> None:
            above.pop()

        self.walk(part, start, end)
        return found

    def related(self, part: str) -> Iterator[tuple[str, str, str]]:
        """What a part refers to inside the workbook: id, kind, name of the other part."""
        folder, name = posixpath.split(part)
        for _, about in self.elements(f"{folder}/_rels/{name}.rels", "Relationships/Relationship"):
            if about.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, about["Target"]))
                yield about["Id"], about["Type"].rpartition("/")[2], target.lstrip("/")

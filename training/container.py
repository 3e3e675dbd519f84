"""The file of weights and tables that the program embeds and reads in place.

Layout, little-endian: the magic `WKSYNTAX`, a u32 version, a u32 count of sections, then for each section its name
(u32 length, bytes), its kind (u32: 0 floats, 1 table, 2 ranges), its offset and its length in bytes (u32 each), then the sections, each
at a multiple of 64. Floats are f32. A table is a u32 count n, n + 1 u32 ends of keys, n + 1 u32 ends of values, then
the bytes of the keys in ascending order and the bytes of the values. Ranges are pairs of u32 code points, ends included,
in ascending order.
"""
import re
import struct

import numpy

VERSION = 1


class Container:
    """Gathers sections and writes them."""

    def __init__(self):
        self.sections = []

    def floats(self, name, array):
        self.sections.append((name, 0, numpy.ascontiguousarray(array, dtype="<f4").tobytes()))

    def table(self, name, items):
        rows = sorted((k.encode(), v.encode()) for k, v in items)
        assert len({k for k, _ in rows}) == len(rows), name
        ends = lambda column: numpy.cumsum([0] + [len(r[column]) for r in rows]).astype("<u4").tobytes()
        body = b"".join(k for k, _ in rows) + b"".join(v for _, v in rows)
        self.sections.append((name, 1, struct.pack("<I", len(rows)) + ends(0) + ends(1) + body))

    def lines(self, name, values):
        """An ordered list, as a table of zero-padded numbers."""
        self.table(name, ((f"{n:05}", v) for n, v in enumerate(values)))

    def ranges(self, name, char_class):
        """The characters that a class of a regular expression holds."""
        fits = re.compile(f"[{char_class}]").match
        pairs = []
        for code in (c for c in range(0x110000) if not 0xD800 <= c < 0xE000 and fits(chr(c))):
            if pairs and pairs[-1][1] == code - 1:
                pairs[-1][1] = code
            else:
                pairs.append([code, code])
        self.sections.append((name, 2, numpy.array(pairs, dtype="<u4").tobytes()))

    def write(self, path):
        at = 16 + sum(4 + len(name.encode()) + 12 for name, _, _ in self.sections)
        directory = b""
        for name, kind, data in self.sections:
            at = -(-at // 64) * 64
            directory += struct.pack("<I", len(name.encode())) + name.encode() + struct.pack("<III", kind, at, len(data))
            at += len(data)
        with open(path, "wb") as out:
            out.write(b"WKSYNTAX" + struct.pack("<II", VERSION, len(self.sections)) + directory)
            for name, _, data in self.sections:
                out.write(b"\0" * (-out.tell() % 64))
                out.write(data)
                print(f"{name:28} {len(data):>9}")


def read_table(path, name):
    """The rows of a table in a written file."""
    data = open(path, "rb").read()
    assert data[:8] == b"WKSYNTAX", path
    at = 16
    for _ in range(struct.unpack_from("<I", data, 12)[0]):
        length = struct.unpack_from("<I", data, at)[0]
        found = data[at + 4 : at + 4 + length].decode()
        _, start, _ = struct.unpack_from("<III", data, at + 4 + length)
        at += 4 + length + 12
        if found == name:
            rows = struct.unpack_from("<I", data, start)[0]
            ends = numpy.frombuffer(data, "<u4", 2 * (rows + 1), start + 4).astype(int)
            keys, values = ends[: rows + 1], ends[rows + 1 :]
            keys_at = start + 4 + 8 * (rows + 1)
            values_at = keys_at + keys[-1]
            row = lambda at, column, n: data[at + column[n] : at + column[n + 1]].decode()
            return {row(keys_at, keys, n): row(values_at, values, n) for n in range(rows)}
    raise KeyError(name)

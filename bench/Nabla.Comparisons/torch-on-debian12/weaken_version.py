#!/usr/bin/env python3
"""Lets a library that was linked against a newer libstdc++ load with an older one.

An ELF file lists the symbol versions it needs from each library (section .gnu.version_r), and the loader refuses the file where one is
missing, unless that entry is flagged weak. This flags one. Symbols of that version must then come from elsewhere: see ios_init.cpp.

    weaken_version.py LIBRARY VERSION        e.g. libLibTorchSharp.so GLIBCXX_3.4.32
"""
import struct
import sys

SHT_GNU_VERNEED = 0x6FFFFFFE
VER_FLG_WEAK = 2


def text(image, offset):
    return image[offset:image.index(0, offset)].decode()


def sections(image):
    """(type, file offset, linked section, entries) of each section."""
    table, = struct.unpack_from('<Q', image, 0x28)
    size, count = struct.unpack_from('<HH', image, 0x3A)
    for i in range(count):
        fields = struct.unpack_from('<IIQQQQIIQQ', image, table + i * size)
        yield fields[1], fields[4], fields[6], fields[7]


def weaken(image, version):
    """Flags each requirement of the version as weak; returns how many there were."""
    found = 0
    headers = list(sections(image))
    for kind, need, linked, needs in headers:
        if kind != SHT_GNU_VERNEED:
            continue
        names = headers[linked][1]
        for _ in range(needs):
            _, entries, _, first, next_need = struct.unpack_from('<HHIII', image, need)
            entry = need + first
            for _ in range(entries):
                _, flags, _, name, next_entry = struct.unpack_from('<IHHII', image, entry)
                if text(image, names + name) == version:
                    struct.pack_into('<H', image, entry + 4, flags | VER_FLG_WEAK)
                    found += 1
                entry += next_entry
            need += next_need
    return found


def main():
    path, version = sys.argv[1:]
    with open(path, 'r+b') as file:
        image = bytearray(file.read())
        if image[:5] != b'\x7fELF\x02':
            sys.exit(f'{path} is no 64-bit ELF file')
        if not weaken(image, version):
            sys.exit(f'{path} does not need {version}')
        file.seek(0)
        file.write(image)


main()

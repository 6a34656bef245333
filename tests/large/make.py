"""Makes .npy files without NumPy.

make.py repeat ARCHIVE TIMES: the training examples of a .npz archive, several times: x.npy [rows, 784] and y.npy.
make.py sparse BYTES: zeros that take no room on the disk, big.npy [rows, 784], and labels.npy of ten classes.
"""
import struct
import sys
import zipfile

FEATURES = 784


def create(path, shape):
    """A file with the header of an array of bytes."""
    header = f"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}, }}".encode()
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    file = open(path, "wb")
    file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header)
    return file


def content(archive, name):
    """The elements of an array of bytes."""
    array = archive.read(name + ".npy")
    return array[10 + struct.unpack("<H", array[8:10])[0]:]


def repeat(path, times):
    with zipfile.ZipFile(path) as archive:
        pixels, labels = content(archive, "x_train"), content(archive, "y_train")
    rows = len(pixels) // FEATURES
    labels = labels[::len(labels) // rows]  # the low bytes of whole numbers
    with create("x.npy", (times * rows, FEATURES)) as x, create("y.npy", (times * rows,)) as y:
        for _ in range(times):
            x.write(pixels)
            y.write(labels)


def sparse(size):
    rows = size // FEATURES
    with create("big.npy", (rows, FEATURES)) as x:
        x.truncate(x.tell() + rows * FEATURES)
    with create("labels.npy", (rows,)) as y:
        part = bytes(range(10)) * 100_000
        for start in range(0, rows, len(part)):
            y.write(part[: rows - start])


if sys.argv[1] == "repeat":
    repeat(sys.argv[2], int(sys.argv[3]))
else:
    sparse(int(sys.argv[2]))

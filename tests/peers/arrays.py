"""Files of NumPy read and written by Nabla, and read by NumPy again: 10,000 of npy, npz, safetensors and IDX, byte for byte."""

import gzip
import io
import json
import os
import pathlib
import struct
import subprocess
import tempfile
import zipfile

import numpy as np

FILES = int(os.environ.get("NABLA_PEER_FILES", "10000"))
SCRIPT = pathlib.Path(__file__).with_name("Arrays.cs")
TYPES = ["?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"]
IDX_TYPES = {"u1": 8, "i1": 9, "i2": 0x0B, "i4": 0x0C, "f4": 0x0D, "f8": 0x0E}
random = np.random.default_rng(2026)


def some(type_code):
    """An array of random bits, whatever numbers they are, of a random shape, also of no elements or no dimensions."""
    shape = tuple(random.integers(0, 6, size=random.integers(0, 5)))
    count = int(np.prod(shape, dtype=int))
    if type_code == "?":
        return random.integers(0, 2, size=count).astype("?").reshape(shape)
    return np.frombuffer(random.bytes(count * np.dtype(type_code).itemsize), dtype="<" + type_code).reshape(shape)


def saved(array):
    """The bytes of numpy.save."""
    stream = io.BytesIO()
    np.save(stream, array, allow_pickle=False)
    return stream.getvalue()


def otherwise(array):
    """The same array in one of the orders that NumPy has."""
    order = random.integers(4)
    array = np.asfortranarray(array) if order & 1 and array.ndim else array  # it would make a row of a single number
    return array.astype(array.dtype.newbyteorder(">")) if order & 2 else array


def tensors(arrays, metadata):
    """A safetensors file: the format has a header of JSON, here padded to 8 bytes, and the numbers."""
    header, offset = ({"__metadata__": metadata} if metadata else {}), 0
    for name, array in arrays.items():
        end = offset + array.nbytes
        header[name] = {"dtype": {4: "F32", 8: "F64"}[array.itemsize], "shape": list(array.shape), "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(array.tobytes() for array in arrays.values())


def written(folder, number):
    """Writes a file as NumPy has it; returns its name and a function that compares what Nabla wrote."""
    kind = number % 4
    array = some(TYPES[random.integers(len(TYPES))])
    if kind == 0:
        name = f"{number}.npy"
        with open(folder / name, "wb") as file:
            np.lib.format.write_array(file, otherwise(array), version=[(1, 0), (2, 0), (3, 0)][random.integers(3)])
        return name, lambda content: content == saved(array)
    if kind == 1:
        arrays = {f"a{i}" if i else "é/x": some(TYPES[random.integers(len(TYPES))]) for i in range(random.integers(0, 4))}
        packed = random.integers(2)
        name = f"{number}{'.packed' if packed else ''}.npz"
        (np.savez_compressed if packed else np.savez)(folder / name, **{key: otherwise(value) for key, value in arrays.items()})
        return name, lambda content: same_archive(content, arrays)
    if kind == 2:
        size = ["f4", "f8"][random.integers(2)]
        arrays = {f"layers.{i}.weight": some(size) for i in range(random.integers(0, 4))}
        content = tensors(arrays, {"k": "v"} if random.integers(2) else {})
        name = f"{number}.safetensors"
        (folder / name).write_bytes(content)
        return name, lambda written: written == content
    code = list(IDX_TYPES)[random.integers(len(IDX_TYPES))]
    array = some(code)
    array = array.reshape(1) if array.ndim == 0 else array
    content = struct.pack(f">HBB{array.ndim}I", 0, IDX_TYPES[code], array.ndim, *array.shape)
    content += array.astype(array.dtype.newbyteorder(">")).tobytes()
    name = f"{number}.idx"
    (folder / name).write_bytes(gzip.compress(content) if random.integers(2) else content)
    return name, lambda written: written == saved(array)


def same_archive(content, arrays):
    """Whether an archive has these arrays alone, byte for byte as NumPy saves them, and NumPy reads them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with np.load(io.BytesIO(content)) if arrays else io.BytesIO() as loaded:
        are_read = all(loaded[key].tobytes() == value.tobytes() for key, value in arrays.items())
    return are_read and members == {f"{key}.npy": saved(value) for key, value in arrays.items()}


def check():
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None  # Nabla waits for the disk after each file
    with tempfile.TemporaryDirectory(dir=memory) as numpy_folder, tempfile.TemporaryDirectory(dir=memory) as nabla_folder:
        files = [written(pathlib.Path(numpy_folder), number) for number in range(FILES)]
        command = ["dotnet", "run", "-c", "Release", str(SCRIPT), "--", numpy_folder, nabla_folder]
        process = subprocess.run(command, capture_output=True, text=True)
        assert process.returncode == 0, process.stdout + process.stderr
        wrong = [name for name, is_same in files if not is_same((pathlib.Path(nabla_folder) / name).read_bytes())]
        print(f"  {FILES - len(wrong)} of {FILES} files are the same")
        assert not wrong, f"These differ: {wrong[:20]}"

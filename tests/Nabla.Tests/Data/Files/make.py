# Makes the files of this folder: /usr/bin/python3 make.py (numpy 1.24)
import gzip, struct, zipfile, io
import numpy as np
from numpy.lib import format

counting = {  # values that a test can count out again: 0, 1, 2, ... minus 3 where the type has a sign
    'b1': np.array([[True, False, True], [False, False, True]]),
}
for code in ['i1', 'i2', 'i4', 'i8', 'f2', 'f4', 'f8']:
    counting[code] = (np.arange(6) - 3).reshape(2, 3).astype(code)
for code in ['u1', 'u2', 'u4', 'u8']:
    counting[code] = np.arange(6).reshape(2, 3).astype(code)

np.savez('types.npz', **counting)
np.savez('types-big-endian.npz', **{k: v.astype(v.dtype.newbyteorder('>')) for k, v in counting.items()})
np.savez('types-fortran.npz', **{k: np.asfortranarray(v) for k, v in counting.items()})
np.savez_compressed('types-compressed.npz', **counting)

cube = np.arange(24, dtype='<f4').reshape(2, 3, 4)
np.savez('shapes.npz', scalar=np.float64(2.5), empty=np.zeros((0, 3), '<f4'), row=np.arange(5, dtype='<i8'),
         cube=cube, cube_fortran=np.asfortranarray(cube))

for version in [(1, 0), (2, 0), (3, 0)]:
    with open(f'version-{version[0]}.npy', 'wb') as f:
        format.write_array(f, cube, version=version)

# Streamed to a pipe: data descriptors follow the members, and their local headers hold no sizes.
class Pipe(io.RawIOBase):
    def __init__(self, f): self.f = f
    def writable(self): return True
    def write(self, b): return self.f.write(b)
with open('streamed.npz', 'wb') as f:
    np.savez_compressed(Pipe(f), cube=cube)

np.save('objects.npy', np.array([{'a': 1}, None], dtype=object), allow_pickle=True)
np.save('structured.npy', np.zeros(2, dtype=[('a', 'i4'), ('b', 'f8')]))
np.save('strings.npy', np.array(['zero', 'one']))
np.save('bytes.npy', np.array([b'zero', b'one']))
np.save('complex.npy', np.zeros(2, 'c8'))
np.save('dates.npy', np.zeros(2, 'M8[s]'))

images = np.arange(2 * 2 * 3, dtype=np.uint8).reshape(2, 2, 3)
idx = struct.pack('>HBBIII', 0, 8, 3, 2, 2, 3) + images.tobytes()
with open('images.idx.gz', 'wb') as f:
    with gzip.GzipFile('', 'wb', fileobj=f, mtime=0) as g:
        g.write(idx)

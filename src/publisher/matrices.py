"""Places and how they are turned → where they come to stand; PDF and OFD both write six numbers."""

from __future__ import annotations

Coordinate = float
"""Across or down, in whatever the file counts in."""
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_FLAT = 1e-9
"""What is left of an area where a matrix flattens it: no rest of reckoning is as large."""


def product(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does the one, and the other afterwards."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def applied(matrix: Matrix, x: Coordinate, y: Coordinate) -> tuple[Coordinate, Coordinate]:
    """Where a point comes to stand."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def inverse(matrix: Matrix) -> Matrix | None:
    """The matrix that takes back what one does; None where that cannot be."""
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    if abs(area) < _FLAT:
        return None
    return (
        *(d / area, -b / area, -c / area, a / area),
        *((c * f - d * e) / area, (b * e - a * f) / area),
    )

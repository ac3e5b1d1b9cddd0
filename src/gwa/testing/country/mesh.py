"""Boundaries that fit: every zone is a union of cells of one mesh drawn around the villages."""

import numpy as np
import shapely
from numpy.typing import NDArray

from gwa.testing.country.drawing import OUTLINE
from gwa.testing.country.partition import Labels, Points

# A thousandth of a degree, about 110 m: vertices snap to this grid, so neighbours share them.
GRID = 0.001


def country_outline() -> shapely.Polygon:
    """The sketched outline as a polygon."""
    return shapely.Polygon(OUTLINE)


def voronoi_cells(points: Points, within: shapely.Geometry) -> list[shapely.Geometry]:
    """For each point, the part of the given land nearest to it."""
    diagram = shapely.voronoi_polygons(
        shapely.MultiPoint(points), extend_to=within.buffer(1.0), ordered=True
    )
    return [within.intersection(cell) for cell in diagram.geoms]


def draw_cells(villages: Points) -> tuple[NDArray[np.object_], Labels]:
    """Draw the mesh: cells without gap or overlap, and the village each belongs to."""
    outline = country_outline()
    edges = shapely.voronoi_polygons(
        shapely.MultiPoint(villages), extend_to=outline.buffer(1.0), only_edges=True
    )
    lines = shapely.union_all(
        [shapely.intersection(edges, outline), outline.exterior], grid_size=GRID
    )
    cells = np.array(shapely.polygonize([lines]).geoms, dtype=object)
    inner = shapely.point_on_surface(cells)
    owners = shapely.STRtree(shapely.points(villages)).nearest(inner)
    return cells, owners.astype(np.int64)


def dissolve(cells: NDArray[np.object_], groups: Labels, count: int) -> list[shapely.Geometry]:
    """Unite the cells of each group, 0 to count - 1, along their shared edges."""
    order = np.argsort(groups, kind="stable")
    bounds = np.searchsorted(groups[order], np.arange(count + 1))
    return [
        shapely.coverage_union_all(cells[order[bounds[group] : bounds[group + 1]]])
        for group in range(count)
    ]

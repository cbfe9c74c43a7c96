"""What every drawing function needs to know: the solved body, the camera, the theme and the scale."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.figures.outline import Geometry, line, polygon, spline
from handouts.figures.pose import Person, Point
from handouts.figures.skeleton import Skeleton
from handouts.figures.space import RIGHT, Array, Camera, vec
from handouts.figures.theme import INK, SizeClass, Theme


@dataclass(slots=True)
class Studio:
    """`point` is one printed pt in body units; `detail` draws nails and every finger."""

    skeleton: Skeleton
    camera: Camera
    theme: Theme
    size: SizeClass
    person: Person
    point: float
    detail: bool = False
    light: tuple[str, ...] = ()

    @property
    def ink(self) -> str:
        """Black, in both themes."""
        return INK

    def units(self, points: float) -> float:
        """A length in pt as body units."""
        return points * self.point

    def near(self, side: str) -> bool:
        """Whether a side of the body is the one turned to the viewer."""
        facing = self.camera.depth(self.skeleton.frames["pelvis"][:, RIGHT])
        return (facing >= 0) == (side == "active")

    @property
    def square_on(self) -> bool:
        """Whether the body is seen from the front or the back: then neither side is far."""
        return abs(self.camera.depth(self.skeleton.frames["pelvis"][:, RIGHT])) < 0.3

    @property
    def breadth(self) -> float:
        """How broadly the shoulders are seen: 0 in profile, 1 from the front or the back."""
        return float(abs(self.camera.flat(self.skeleton.frames["thorax"][:, RIGHT])[0]))

    def tone(self, name: str, side: str) -> str:
        """The fill of a side's limb: darker on the far side."""
        return self.theme.tone(name, far=not self.near(side) and not self.square_on)

    def leg_tone(self, name: str, side: str) -> str:
        """The same for a leg, which a pose may keep light."""
        return self.theme.tone(name) if side in self.light else self.tone(name, side)

    def seen(self, point: Point) -> Array:
        """A landmark, or written coordinates, on the paper; two written numbers are the paper's own."""
        if not isinstance(point, str) and len(point) == 2:
            return vec(*point)
        return self.camera.flat(self.skeleton.place(point))

    def curve(self, points: list[Array]) -> Geometry:
        """A smooth open line through points in space."""
        seen = [self.camera.flat(point) for point in points]
        return line(spline([(float(x), float(y)) for x, y in seen], closed=False))

    def patch(self, points: Array) -> Geometry:
        """The area inside points in space (n, 3)."""
        return polygon(self.camera.flat(points))

// Lengths, areas and projected coordinates on the ellipsoid of CGCS2000.
import geodesic from "geographiclib-geodesic";
import proj4 from "proj4";

import type { Frame } from "./frame";

export type Place = [longitude: number, latitude: number];

const SEMI_MAJOR = 6_378_137;
const FLATTENING = 1 / 298.257222101;
const ELLIPSOID = new geodesic.Geodesic.Geodesic(SEMI_MAJOR, FLATTENING);

/** Return the length in metres of the geodesics that join places. */
export function lengthOf(places: readonly Place[]): number {
  return places.slice(1).reduce((sum, [longitude, latitude], index) => {
    const [fromLongitude, fromLatitude] = places[index] ?? [longitude, latitude];
    return sum + (ELLIPSOID.Inverse(fromLatitude, fromLongitude, latitude, longitude).s12 ?? 0);
  }, 0);
}

/** Return the area in square metres and the perimeter in metres of the polygon of geodesics through places. */
export function areaOf(places: readonly Place[]): { area: number; perimeter: number } {
  const polygon = ELLIPSOID.Polygon(false);
  for (const [longitude, latitude] of places) {
    polygon.AddPoint(latitude, longitude);
  }
  const found = polygon.Compute(false, true);
  return { area: Math.abs(found.area ?? 0), perimeter: found.perimeter };
}

/** Return a place in the snapshot's metric system: X to the north, Y to the east, as surveyors in China write. */
export function projected(frame: Frame, [longitude, latitude]: Place): { north: number; east: number } {
  const [east, north] = proj4("+proj=longlat +ellps=GRS80 +no_defs", frame.crs.definition, [longitude, latitude]) as [number, number];
  return { north, east };
}

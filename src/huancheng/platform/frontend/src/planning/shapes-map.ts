// A quiet map of a plan's own shapes: outline of the place, key areas, units. It needs no snapshot and no tiles.
import type * as GeoJSON from "geojson";
import type { LayerSpecification, LngLatBoundsLike, Map as MapLibre } from "maplibre-gl";

import { maps } from "../map";
import { palette } from "../atlas/palette";

export type Shapes = GeoJSON.FeatureCollection<GeoJSON.Polygon | GeoJSON.MultiPolygon>;

/** Return the shapes that the page brings inside an element. */
export function readShapes(root: HTMLElement): Shapes {
  const text = root.querySelector("script[type='application/json']")?.textContent ?? "";
  return text === "" ? { type: "FeatureCollection", features: [] } : (JSON.parse(text) as Shapes);
}

/** Open a map inside an element, on its shapes; `drawn` is an empty source for what is drawn on it. */
export function openShapes(root: HTMLElement, shapes: Shapes): MapLibre {
  const library = maps();
  const place = document.createElement("div");
  place.className = "plan-map-canvas";
  root.append(place);
  const bounds = boundsOf(shapes);
  const map = new library.Map({
    container: place,
    style: {
      version: 8,
      sources: { shapes: { type: "geojson", data: shapes }, drawn: { type: "geojson", data: { type: "FeatureCollection", features: [] } } },
      layers: layers(),
    },
    ...(bounds === null ? { center: [116, 36], zoom: 8 } : { bounds, fitBoundsOptions: { padding: 24, maxZoom: 15 } }),
    attributionControl: false,
    fadeDuration: 0,
    locale: { "Map.Title": root.dataset["wordLabel"] ?? "" },
  });
  map.addControl(new library.NavigationControl({ showCompass: false }), "bottom-right");
  const repaint = (): void => {
    map.setStyle({ ...map.getStyle(), layers: layers() });
  };
  document.addEventListener("huancheng:theme", repaint);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  return map;
}

function layers(): LayerSpecification[] {
  const colours = palette();
  const of = (kind: string): ["==", ["get", string], string] => ["==", ["get", "kind"], kind];
  return [
    { id: "ground", type: "background", paint: { "background-color": colours.outside } },
    { id: "place", type: "fill", source: "shapes", filter: of("place"), paint: { "fill-color": colours.land } },
    { id: "place-line", type: "line", source: "shapes", filter: of("place"), paint: { "line-color": colours.border, "line-width": 1 } },
    { id: "other-line", type: "line", source: "shapes", filter: of("other"), paint: { "line-color": colours.faint, "line-width": 1 } },
    { id: "unit", type: "fill", source: "shapes", filter: of("unit"), paint: { "fill-color": colours.extent, "fill-opacity": 0.14 } },
    { id: "unit-line", type: "line", source: "shapes", filter: of("unit"), paint: { "line-color": colours.extent, "line-width": 1.4 } },
    { id: "area", type: "fill", source: "shapes", filter: of("area"), paint: { "fill-color": colours.managed, "fill-opacity": 0.18 } },
    { id: "area-line", type: "line", source: "shapes", filter: of("area"), paint: { "line-color": colours.managed, "line-width": 1.4, "line-dasharray": [3, 2] } },
    { id: "drawn", type: "fill", source: "drawn", paint: { "fill-color": colours.select, "fill-opacity": 0.25 } },
    { id: "drawn-line", type: "line", source: "drawn", paint: { "line-color": colours.select, "line-width": 2 } },
    { id: "drawn-points", type: "circle", source: "drawn", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 4, "circle-color": colours.select, "circle-stroke-color": colours.halo, "circle-stroke-width": 1.5 } },
  ];
}

/** Return the box around shapes; around what belongs to the plan where there is any, else around the place. */
export function boundsOf(shapes: Shapes): LngLatBoundsLike | null {
  const own = shapes.features.filter((feature) => !["place", "other"].includes(String(feature.properties?.["kind"])));
  const places = (own.length > 0 ? own : shapes.features).flatMap((feature) =>
    feature.geometry.type === "Polygon" ? feature.geometry.coordinates.flat() : feature.geometry.coordinates.flat(2),
  );
  if (places.length === 0) {
    return null;
  }
  const [xs, ys] = [places.map((place) => place[0] ?? 0), places.map((place) => place[1] ?? 0)];
  const least = (values: number[]): number => values.reduce((a, b) => Math.min(a, b));
  const most = (values: number[]): number => values.reduce((a, b) => Math.max(a, b));
  return [least(xs), least(ys), most(xs), most(ys)];
}

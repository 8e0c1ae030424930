// A map of blocks in six quiet colours, one for each unit, chosen ones in vermilion; needs no tiles.
import type { ExpressionSpecification, LayerSpecification, Map as MapLibre } from "maplibre-gl";

import { palette } from "../atlas/palette";
import { maps } from "../map";

/** Colours of units, the same as those of the list (`styles/units.css`). */
const HUES = ["#8fb8c9", "#e3c77f", "#a9c29a", "#c9a6c4", "#e0a98c", "#9fa8d0"];

/** Open a map with empty sources `blocks` and `line`. */
export function openBlocks(place: HTMLElement, label: string): MapLibre {
  const library = maps();
  const empty = { type: "geojson", data: { type: "FeatureCollection", features: [] } } as const;
  const map = new library.Map({
    container: place,
    style: { version: 8, sources: { blocks: empty, line: empty }, layers: layers() },
    center: [116, 36],
    zoom: 8,
    maxZoom: 19,
    attributionControl: false,
    fadeDuration: 0,
    locale: { "Map.Title": label },
  });
  map.addControl(new library.NavigationControl({ showCompass: false }), "bottom-right");
  const repaint = (): void => void map.setStyle({ ...map.getStyle(), layers: layers() });
  document.addEventListener("huancheng:theme", repaint);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  return map;
}

function layers(): LayerSpecification[] {
  const colours = palette();
  const hue = ["match", ["get", "hue"], ...HUES.flatMap((colour, index) => [index, colour]), colours.land] as unknown as ExpressionSpecification;
  return [
    { id: "ground", type: "background", paint: { "background-color": colours.outside } },
    { id: "blocks", type: "fill", source: "blocks", paint: { "fill-color": hue, "fill-opacity": 0.85 } },
    { id: "block-lines", type: "line", source: "blocks", paint: { "line-color": colours.halo, "line-width": 0.8 } },
    { id: "chosen", type: "line", source: "blocks", filter: ["==", ["get", "chosen"], true], paint: { "line-color": colours.select, "line-width": 3 } },
    { id: "line", type: "line", source: "line", paint: { "line-color": colours.select, "line-width": 2, "line-dasharray": [2, 1] } },
  ];
}

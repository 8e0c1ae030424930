// Names on the map: divisions before streets before water and estates; small ones wait for closer zooms.
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";

import type { Palette } from "./palette";
import type { State } from "./state";

/** Faces of this machine: the packaged Noto Sans SC first, then what an office computer has. */
export const FACES = ["Noto Sans SC Variable", "Noto Sans SC", "Microsoft YaHei", "PingFang SC", "sans-serif"];
const PIXELS_PER_NAME = 46;
const PATIENCE = 8000;

interface Kind {
  id: string;
  layer: string;
  level?: string;
  size: [number, number];
  min: number;
  max?: number;
  colour: keyof Palette;
  spaced?: number;
  /** Whether a name waits until its area is wide enough on the screen to hold it. */
  roomy?: boolean;
}

const KINDS: readonly Kind[] = [
  { id: "community", layer: "divisions", level: "community", size: [10, 12], min: 13.6, colour: "streetText", roomy: true },
  { id: "estates", layer: "estates", size: [10, 12], min: 14, colour: "extent", roomy: true },
  { id: "green", layer: "green_space", size: [10, 12], min: 13, colour: "greenText", roomy: true },
  { id: "water", layer: "water", size: [10, 13], min: 11, colour: "waterText", roomy: true },
  { id: "heritage", layer: "heritage_zones", size: [11, 13], min: 13, colour: "heritage" },
  { id: "street", layer: "divisions", level: "street", size: [10, 14], min: 10.5, max: 16, colour: "text", roomy: true },
  { id: "managed", layer: "managed_areas", size: [11, 15], min: 8, max: 15, colour: "managed" },
  { id: "county", layer: "divisions", level: "county", size: [12, 18], min: 6, max: 13, colour: "text", spaced: 0.12 },
];

let lettered = false;

/** Load the parts of the packaged font that hold these characters; names are drawn once they are there. */
export async function loadLetters(characters: string): Promise<void> {
  const late = new Promise((done) => window.setTimeout(done, PATIENCE));
  await Promise.race([document.fonts.load(`16px "${FACES[0]}"`, characters), late]).catch(() => undefined);
  lettered = true;
}

/** Return the layers of names; what stands last is placed first. */
export function labelLayers(state: State, colours: Palette): LayerSpecification[] {
  return [streetNames(state, colours), ...KINDS.map((kind) => names(kind, state, colours))];
}

/** Return whether names of a layer are shown: a name drawn before its letters are there would stay a row of boxes. */
export function shownWords(visible: boolean): "visible" | "none" {
  return lettered && visible ? "visible" : "none";
}

function names(kind: Kind, state: State, colours: Palette): LayerSpecification {
  const same: ExpressionSpecification = ["==", ["get", "layer"], kind.layer];
  const level: ExpressionSpecification[] = kind.level === undefined ? [] : [["==", ["get", "level"], kind.level]];
  return {
    id: `name-${kind.id}`,
    type: "symbol",
    source: "labels",
    minzoom: kind.min,
    ...(kind.max === undefined ? {} : { maxzoom: kind.max }),
    filter: ["all", same, ...level, ...(kind.roomy === true ? [roomy()] : [])],
    layout: {
      visibility: shownWords(state.layers.has(kind.layer)),
      "text-field": ["get", "name"],
      "text-font": FACES,
      "text-size": ["interpolate", ["linear"], ["zoom"], kind.min, kind.size[0], kind.min + 5, kind.size[1]],
      "text-max-width": 7,
      "text-letter-spacing": kind.spaced ?? 0.02,
      "text-padding": 4,
      "symbol-sort-key": ["-", 0, ["get", "side"]],
    },
    paint: { "text-color": colours[kind.colour], "text-halo-color": colours.halo, "text-halo-width": 1.4 },
  };
}

/** Side of the area on the screen is at least as wide as a name: the side doubles with each zoom. */
function roomy(): ExpressionSpecification {
  const metresPerPixel = 78271.5 * 0.8;
  const steps = [10, 11, 12, 13, 14, 15, 16, 17].flatMap((zoom) => [zoom, [">=", ["get", "side"], (metresPerPixel / 2 ** zoom) * PIXELS_PER_NAME]]);
  return ["step", ["zoom"], false, ...steps] as unknown as ExpressionSpecification;
}

function streetNames(state: State, colours: Palette): LayerSpecification {
  return {
    id: "name-streets",
    type: "symbol",
    source: "city",
    "source-layer": "streets",
    minzoom: 13,
    filter: ["all", ["has", "name"], ["step", ["zoom"], ["in", ["get", "class"], ["literal", ["arterial", "expressway", "secondary"]]], 15, true]],
    layout: {
      visibility: shownWords(state.layers.has("streets")),
      "symbol-placement": "line",
      "symbol-spacing": 420,
      "text-field": ["get", "name"],
      "text-font": FACES,
      "text-size": ["interpolate", ["linear"], ["zoom"], 13, 10, 17, 13],
      "text-padding": 6,
      "text-letter-spacing": 0.08,
    },
    paint: { "text-color": colours.streetText, "text-halo-color": colours.halo, "text-halo-width": 1.4 },
  };
}

// What the map shows, as plain values; the address after `#` says the same, so that a link opens the same map.
import type { Frame } from "./frame";

export type Paint = "plain" | "age" | "floors" | "use" | "grade";
export const PAINTS: readonly Paint[] = ["plain", "age", "floors", "use", "grade"];

export interface View {
  zoom: number;
  latitude: number;
  longitude: number;
  bearing: number;
  pitch: number;
}

export interface State {
  view: View | null;
  /** Layers of the snapshot, and `cases`, `notices`, `problems`. */
  layers: Set<string>;
  /** Groups of facilities that are left out. */
  without: Set<string>;
  paint: Paint;
  solid: boolean;
  run: number | null;
  indicator: string;
  by: string;
  /** Indicator whose problem places are shown; empty: one place for each line of the list. */
  problems: string;
  /** `layer:id` of what is selected. */
  at: string;
}

/** Return what the map shows when nothing else is said. */
export function usual(frame: Frame): State {
  return {
    view: null,
    layers: new Set([...frame.shown, "cases"]),
    without: new Set(),
    paint: "plain",
    solid: false,
    run: frame.runs[0]?.id ?? null,
    indicator: "",
    by: "street",
    problems: "",
    at: "",
  };
}

/** Return what an address asks for; what makes no sense in it is left as usual. */
export function fromHash(hash: string, frame: Frame): State {
  const state = usual(frame);
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  state.view = readView(said.get("map"));
  for (const change of (said.get("layers") ?? "").split(",").filter(Boolean)) {
    if (change.startsWith("-")) {
      state.layers.delete(change.slice(1));
    } else {
      state.layers.add(change.replace(/^[+ ]/, ""));
    }
  }
  state.without = new Set((said.get("without") ?? "").split(",").filter(Boolean));
  const paint = said.get("paint") as Paint | null;
  state.paint = paint !== null && PAINTS.includes(paint) ? paint : state.paint;
  state.solid = said.get("solid") === "1";
  const run = Number(said.get("run"));
  state.run = frame.runs.some((item) => item.id === run) ? run : state.run;
  const held = frame.runs.find((item) => item.id === state.run)?.indicators ?? [];
  const indicator = held.find((item) => item.id === said.get("indicator"));
  state.indicator = indicator?.id ?? "";
  const by = said.get("by") ?? state.by;
  state.by = indicator === undefined || indicator.kinds.includes(by) ? by : (indicator.kinds[0] ?? state.by);
  state.problems = said.get("problems") ?? "";
  if (state.problems !== "") {
    state.layers.add("problems");
  }
  state.at = said.get("at") ?? "";
  return state;
}

/** Return the address that says what the map shows. */
export function toHash(state: State, frame: Frame): string {
  const plain = usual(frame);
  const said = new URLSearchParams();
  if (state.view !== null) {
    const { zoom, latitude, longitude, bearing, pitch } = state.view;
    const turned = bearing !== 0 || pitch !== 0 ? `/${Math.round(bearing)}/${Math.round(pitch)}` : "";
    said.set("map", `${zoom.toFixed(2)}/${latitude.toFixed(5)}/${longitude.toFixed(5)}${turned}`);
  }
  const changes = [
    ...[...state.layers].filter((name) => !plain.layers.has(name)).map((name) => `+${name}`),
    ...[...plain.layers].filter((name) => !state.layers.has(name)).map((name) => `-${name}`),
  ];
  const parts: [string, string][] = [
    ["layers", changes.join(",")],
    ["without", [...state.without].join(",")],
    ["paint", state.paint === plain.paint ? "" : state.paint],
    ["solid", state.solid ? "1" : ""],
    ["run", state.indicator !== "" || state.layers.has("problems") ? String(state.run ?? "") : ""],
    ["indicator", state.indicator],
    ["by", state.indicator === "" ? "" : state.by],
    ["problems", state.layers.has("problems") ? state.problems : ""],
    ["at", state.at],
  ];
  for (const [name, value] of parts) {
    if (value !== "") {
      said.set(name, value);
    }
  }
  return `#${said.toString().replaceAll("%2F", "/").replaceAll("%2C", ",").replaceAll("%3A", ":")}`;
}

function readView(words: string | null): View | null {
  const parts = (words ?? "").split("/").map(Number);
  if (words === null || parts.length < 3 || parts.some((part) => !Number.isFinite(part))) {
    return null;
  }
  const [zoom = 12, latitude = 0, longitude = 0, bearing = 0, pitch = 0] = parts;
  return { zoom, latitude, longitude, bearing, pitch };
}

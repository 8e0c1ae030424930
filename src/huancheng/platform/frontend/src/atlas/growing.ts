// What is fetched while the map is used: cases, problem places, internal layers of the ground that is shown.
import type * as GeoJSON from "geojson";
import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";

import { ask, type Frame, say } from "./frame";
import type { State } from "./state";
import { INTERNAL } from "./style";

export interface Cases extends GeoJSON.FeatureCollection {
  placeless: number;
  left_out: number;
}

interface Piece extends GeoJSON.FeatureCollection {
  too_many?: number;
}

const EMPTY: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
const MARGIN = 0.3;

/** Holds what was fetched, so that the table beside the map shows the same. */
export class Growing {
  cases: Cases | null = null;
  problems: GeoJSON.FeatureCollection | null = null;
  #problemsOf = "";
  #units = false;
  #boxes = new Map<string, string>();

  constructor(
    private readonly map: MapLibre,
    private readonly frame: Frame,
    private readonly tell: (words: string) => void,
  ) {}

  /** Fetch what a state shows and is not there yet. */
  async follow(state: State): Promise<void> {
    await Promise.all([this.#followCases(state), this.#followProblems(state), this.#followUnits(state), ...INTERNAL.map((name) => this.#followLayer(name, state))]);
  }

  async #followCases(state: State): Promise<void> {
    if (this.cases !== null || !(state.layers.has("cases") || state.layers.has("notices"))) {
      return;
    }
    this.cases = await ask<Cases>(this.frame.addresses.cases);
    this.#put("cases", this.cases);
    const { placeless, left_out: leftOut } = this.cases;
    if (leftOut > 0) {
      this.tell(say(this.frame, "leftOut", { count: leftOut }));
    } else if (placeless > 0) {
      this.tell(say(this.frame, "placeless", { count: placeless }));
    }
  }

  async #followUnits(state: State): Promise<void> {
    if (!this.#units && state.layers.has("renewal_units")) {
      this.#units = true;
      this.#put("renewal_units", await ask<GeoJSON.FeatureCollection>(this.frame.addresses.units));
    }
  }

  async #followProblems(state: State): Promise<void> {
    const wanted = state.layers.has("problems") && state.run !== null ? `${state.run}/${state.problems}` : "";
    if (wanted === this.#problemsOf) {
      return;
    }
    this.#problemsOf = wanted;
    if (wanted === "") {
      return;
    }
    const asked = state.problems === "" ? "" : `?indicator=${encodeURIComponent(state.problems)}`;
    this.problems = await ask(`${this.frame.addresses.problems.replace("/0/", `/${state.run}/`)}${asked}`);
    this.#put("problems", this.problems ?? EMPTY);
  }

  async #followLayer(name: string, state: State): Promise<void> {
    if (!state.layers.has(name) || this.frame.titles[name] === undefined) {
      return;
    }
    const box = this.#box(name);
    if (box === null) {
      return;
    }
    const address = this.frame.addresses.layer.replace("LAYER", name);
    const found = await ask<Piece>(`${address}?box=${box}`);
    this.#put(`internal-${name}`, found);
    if (found.too_many !== undefined) {
      this.#boxes.delete(name);
      this.tell(`${this.frame.titles[name]}：${say(this.frame, "tooMany", { count: found.too_many })}`);
    }
  }

  /** Return the box to ask for: somewhat more than is shown; null where what was fetched before still covers it. */
  #box(name: string): string | null {
    const shown = this.map.getBounds();
    const held = this.#boxes.get(name)?.split(",").map(Number);
    if (held !== undefined) {
      const [west = 0, south = 0, east = 0, north = 0] = held;
      if (west <= shown.getWest() && south <= shown.getSouth() && east >= shown.getEast() && north >= shown.getNorth()) {
        return null;
      }
    }
    const wide = (shown.getEast() - shown.getWest()) * MARGIN;
    const high = (shown.getNorth() - shown.getSouth()) * MARGIN;
    const box = [shown.getWest() - wide, shown.getSouth() - high, shown.getEast() + wide, shown.getNorth() + high];
    const words = box.map((side) => side.toFixed(5)).join(",");
    this.#boxes.set(name, words);
    return words;
  }

  #put(source: string, data: GeoJSON.FeatureCollection): void {
    this.map.getSource<GeoJSONSource>(source)?.setData(data);
  }
}

// The blocks of a plan coloured by unit. Where the element has `data-edits`, blocks are chosen by click, by a box
// (Shift), by the space bar at the middle; what is chosen goes into the form beside the map, and what is typed there
// shows on the map.
import type * as GeoJSON from "geojson";
import type { GeoJSONSource, Map as MapLibre, MapMouseEvent } from "maplibre-gl";

import { openBlocks } from "./unit-blocks";

interface State {
  homes: Record<string, string>;
  hues: Record<string, number>;
}

type Place = [number, number];

/** Start the map. */
export function start(root: HTMLElement): void {
  new UnitMap(root);
}

class UnitMap {
  #blocks: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
  #chosen = new Set<string>();
  #line: Place[] | null = null;
  readonly #map: MapLibre;

  constructor(private readonly root: HTMLElement) {
    const place = root.querySelector<HTMLElement>("[data-part='map']") ?? root.appendChild(document.createElement("div"));
    place.classList.add("plan-map-canvas");
    this.#map = openBlocks(place, root.dataset["wordLabel"] ?? "");
    if (root.dataset["edits"] !== undefined) {
      this.#listen();
    }
    this.#load().catch((error: unknown) => {
      console.error(error); // also when the person leaves while the blocks are on their way
      root.setAttribute("data-failed", root.dataset["wordFailed"] ?? "");
    });
  }

  async #load(): Promise<void> {
    const loaded = new Promise<void>((done) => void this.#map.once("load", () => done()));
    const answer = await fetch(this.root.dataset["blocks"] ?? "", { credentials: "same-origin" });
    this.#blocks = (await answer.json()) as GeoJSON.FeatureCollection;
    await loaded;
    this.#map.fitBounds(boundsOf(this.#blocks), { padding: 24, animate: false });
    this.#paint();
    this.#map.once("idle", () => void (this.root.dataset["idle"] = ""));
  }

  /** Colour blocks by what the page says now. */
  #paint(): void {
    const state = JSON.parse(this.#part("state").dataset["state"] ?? "") as State;
    for (const feature of this.#blocks.features) {
      const block = String(feature.properties?.["block"]);
      const unit = state.homes[block] ?? "";
      feature.properties = { block, unit, hue: unit === "" ? -1 : (state.hues[unit] ?? 0), chosen: this.#chosen.has(block) };
    }
    this.#map.getSource<GeoJSONSource>("blocks")?.setData(this.#blocks);
    this.#drawLine();
  }

  #listen(): void {
    this.#map.boxZoom.disable();
    this.#map.on("click", (event) => this.#onClick(event));
    this.#map.on("dblclick", (event) => {
      if (this.#line !== null) {
        event.preventDefault();
        this.#map.getCanvas().style.cursor = "";
      }
    });
    this.#map.on("mousedown", (event) => this.#onBox(event));
    this.#map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key === " ") {
        event.preventDefault();
        const { clientWidth, clientHeight } = this.#map.getCanvas();
        this.#toggle(this.#under([clientWidth / 2, clientHeight / 2]));
      }
    });
    const panel = this.#part("panel");
    panel.addEventListener("input", (event) => {
      if (event.target instanceof HTMLTextAreaElement && event.target.dataset["part"] === "blocks") {
        this.#chosen = new Set(event.target.value.split(/[\s,，、;；]+/).filter((word) => word !== ""));
        this.#paint();
      }
    });
    panel.addEventListener("click", (event) => this.#onButton(event));
    panel.addEventListener("htmx:afterSwap", () => {
      this.#chosen.clear();
      this.#line = null;
      this.#paint();
    });
  }

  #onButton(event: Event): void {
    const act = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-act]")?.dataset["act"] : undefined;
    if (act === "clear") {
      this.#chosen.clear();
      this.#line = null;
      this.#write();
    } else if (act === "line") {
      this.#line = [];
      this.#map.getCanvas().style.cursor = "crosshair";
    }
  }

  #onClick(event: MapMouseEvent): void {
    if (this.#line !== null) {
      this.#line.push([event.lngLat.lng, event.lngLat.lat]);
      this.#write();
      return;
    }
    this.#toggle(this.#under([event.point.x, event.point.y]));
  }

  /** Choose what a box touches that is drawn with Shift held. */
  #onBox(event: MapMouseEvent): void {
    if (!event.originalEvent.shiftKey) {
      return;
    }
    event.preventDefault();
    const from: Place = [event.point.x, event.point.y];
    this.#map.once("mouseup", (end) => {
      const features = this.#map.queryRenderedFeatures([from, [end.point.x, end.point.y]], { layers: ["blocks"] });
      for (const feature of features) {
        this.#chosen.add(String(feature.properties["block"]));
      }
      this.#write();
    });
  }

  #under(point: Place): { block: string; unit: string } | null {
    const found = this.#map.queryRenderedFeatures(point, { layers: ["blocks"] })[0];
    return found === undefined ? null : { block: String(found.properties["block"]), unit: String(found.properties["unit"]) };
  }

  #toggle(found: { block: string; unit: string } | null): void {
    if (found === null) {
      return;
    }
    if (!this.#chosen.delete(found.block)) {
      this.#chosen.add(found.block);
    }
    const units = new Set(this.#units());
    const field = this.#part("units");
    if (field instanceof HTMLInputElement) {
      field.value = [...units].join("、");
    }
    this.#write();
  }

  /** Return the units of the blocks chosen. */
  #units(): string[] {
    const homes = new Map(this.#blocks.features.map((item) => [String(item.properties?.["block"]), String(item.properties?.["unit"])]));
    return [...this.#chosen].map((block) => homes.get(block) ?? "").filter((unit) => unit !== "");
  }

  #write(): void {
    const blocks = this.#part("blocks");
    if (blocks instanceof HTMLTextAreaElement) {
      blocks.value = [...this.#chosen].join("、");
    }
    const line = this.#part("line");
    if (line instanceof HTMLInputElement) {
      line.value = this.#line === null ? "" : JSON.stringify(this.#line);
    }
    this.#paint();
  }

  #drawLine(): void {
    const places = this.#line ?? [];
    const shape: GeoJSON.Feature = { type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: places } };
    const data: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: places.length > 1 ? [shape] : [] };
    this.#map.getSource<GeoJSONSource>("line")?.setData(data);
  }

  #part(name: string): HTMLElement {
    return this.root.querySelector<HTMLElement>(`[data-part='${name}']`) ?? this.root;
  }
}

function boundsOf(shapes: GeoJSON.FeatureCollection): [number, number, number, number] {
  const box: [number, number, number, number] = [180, 90, -180, -90];
  const widen = (part: unknown): void => {
    if (Array.isArray(part) && typeof part[0] === "number" && typeof part[1] === "number") {
      box[0] = Math.min(box[0], part[0]);
      box[1] = Math.min(box[1], part[1]);
      box[2] = Math.max(box[2], part[0]);
      box[3] = Math.max(box[3], part[1]);
    } else if (Array.isArray(part)) {
      part.forEach(widen);
    }
  };
  for (const feature of shapes.features) {
    widen("coordinates" in feature.geometry ? feature.geometry.coordinates : []);
  }
  return box;
}

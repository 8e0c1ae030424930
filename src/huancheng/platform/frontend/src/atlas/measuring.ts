// Measuring distances and areas: click by click, with the keyboard from the middle of the map.
import type * as GeoJSON from "geojson";
import type { GeoJSONSource, Map as MapLibre, MapMouseEvent } from "maplibre-gl";

import { type Frame, say } from "./frame";
import { areaOf, lengthOf, type Place } from "./geodesy";

export type Measure = "distance" | "area";

/** A measurement under way on a map. */
export class Measuring {
  kind: Measure | null = null;
  #places: Place[] = [];
  #done = false;

  constructor(
    private readonly map: MapLibre,
    private readonly frame: Frame,
    private readonly output: HTMLElement,
    private readonly changed: () => void,
  ) {
    map.on("click", (event) => this.#onClick(event));
    map.on("dblclick", (event) => {
      if (this.kind !== null) {
        event.preventDefault();
        this.#done = true;
      }
    });
    document.addEventListener("keydown", (event) => this.#onKey(event));
  }

  /** Begin to measure, or stop where the same is asked again. */
  toggle(kind: Measure): void {
    this.kind = this.kind === kind ? null : kind;
    this.#places = [];
    this.#done = false;
    this.map.getCanvas().style.cursor = this.kind === null ? "" : "crosshair";
    this.#draw();
    this.changed();
  }

  /** Add the middle of the map as the next place. */
  addMiddle(): void {
    const { lng, lat } = this.map.getCenter();
    this.#add([lng, lat]);
  }

  #onClick(event: MapMouseEvent): void {
    if (this.kind !== null) {
      this.#add([event.lngLat.lng, event.lngLat.lat]);
    }
  }

  #add(place: Place): void {
    if (this.#done) {
      this.#places = [];
      this.#done = false;
    }
    const last = this.#places.at(-1);
    if (last?.[0] !== place[0] || last[1] !== place[1]) {
      this.#places.push(place);
    }
    this.#draw();
  }

  #onKey(event: KeyboardEvent): void {
    if (this.kind === null || (event.target instanceof HTMLElement && event.target.matches("input, select, textarea"))) {
      return;
    }
    if (event.key === "Escape") {
      this.toggle(this.kind);
    } else if (event.key === "Backspace") {
      event.preventDefault();
      this.#places.pop();
      this.#done = false;
      this.#draw();
    } else if (event.key === " " && event.target === this.map.getCanvas()) {
      event.preventDefault();
      this.addMiddle();
    }
  }

  #draw(): void {
    const source = this.map.getSource<GeoJSONSource>("measure");
    source?.setData({ type: "FeatureCollection", features: this.#features() });
    this.output.hidden = this.kind === null;
    this.output.textContent = this.kind === null ? "" : this.#result();
  }

  #features(): GeoJSON.Feature[] {
    const made: GeoJSON.Feature[] = this.#places.map((place) => of({ type: "Point", coordinates: place }));
    const first = this.#places[0];
    if (this.kind === "area" && this.#places.length > 2 && first !== undefined) {
      made.push(of({ type: "Polygon", coordinates: [[...this.#places, first]] }));
    } else if (this.#places.length > 1) {
      made.push(of({ type: "LineString", coordinates: this.#places }));
    }
    return made;
  }

  #result(): string {
    if (this.#places.length < 2) {
      return say(this.frame, "measureStart");
    }
    if (this.kind === "distance" || this.#places.length < 3) {
      return `${say(this.frame, "distance")} ${this.#length(lengthOf(this.#places))}`;
    }
    const { area, perimeter } = areaOf(this.#places);
    return `${say(this.frame, "area")} ${this.#area(area)}，${say(this.frame, "perimeter")} ${this.#length(perimeter)}`;
  }

  #length(metres: number): string {
    return metres < 10_000 ? `${number(metres, 1)} ${say(this.frame, "metres")}` : `${number(metres / 1000, 3)} ${say(this.frame, "kilometres")}`;
  }

  #area(metres: number): string {
    if (metres < 10_000) {
      return `${number(metres, 1)} ${say(this.frame, "squareMetres")}`;
    }
    return metres < 1_000_000
      ? `${number(metres / 10_000, 3)} ${say(this.frame, "hectares")}`
      : `${number(metres / 1_000_000, 4)} ${say(this.frame, "squareKilometres")}`;
  }
}

function of(geometry: GeoJSON.Geometry): GeoJSON.Feature {
  return { type: "Feature", geometry, properties: {} };
}

function number(value: number, places: number): string {
  return value.toLocaleString("zh-CN", { minimumFractionDigits: places, maximumFractionDigits: places });
}

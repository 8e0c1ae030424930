// Draws an area into a hidden field: click by click, with the keyboard from the middle of the map (space, backspace).
import type * as GeoJSON from "geojson";
import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";

import { openShapes, readShapes } from "./shapes-map";

type Place = [number, number];

export function start(root: HTMLElement): void {
  const field = document.getElementById(root.dataset["field"] ?? "");
  if (field instanceof HTMLInputElement) {
    new Drawing(root, field, openShapes(root, readShapes(root)));
  }
}

class Drawing {
  #places: Place[] = [];
  readonly #again: HTMLButtonElement;

  constructor(
    root: HTMLElement,
    private readonly field: HTMLInputElement,
    private readonly map: MapLibre,
  ) {
    const bar = document.createElement("p");
    bar.className = "row small soft plan-map-bar";
    const hint = document.createElement("span");
    hint.textContent = root.dataset["wordHint"] ?? "";
    this.#again = document.createElement("button");
    this.#again.type = "button";
    this.#again.className = "button small";
    this.#again.textContent = root.dataset["wordAgain"] ?? "";
    this.#again.addEventListener("click", () => this.#set([]));
    bar.append(hint, this.#again);
    root.append(bar);
    map.getCanvas().style.cursor = "crosshair";
    map.doubleClickZoom.disable();
    map.on("click", (event) => this.#add([event.lngLat.lng, event.lngLat.lat]));
    map.getCanvas().addEventListener("keydown", (event) => this.#onKey(event));
    map.on("load", () => {
      this.#restore();
      root.dataset["ready"] = "";
    });
  }

  #restore(): void {
    if (this.field.value !== "") {
      const shape = JSON.parse(this.field.value) as GeoJSON.Polygon;
      this.#places = (shape.coordinates[0] ?? []).slice(0, -1) as Place[];
    }
    this.#draw();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === " ") {
      event.preventDefault();
      const { lng, lat } = this.map.getCenter();
      this.#add([lng, lat]);
    } else if (event.key === "Backspace") {
      event.preventDefault();
      this.#set(this.#places.slice(0, -1));
    }
  }

  #add(place: Place): void {
    const last = this.#places.at(-1);
    if (last?.[0] !== place[0] || last[1] !== place[1]) {
      this.#set([...this.#places, place]);
    }
  }

  #set(places: Place[]): void {
    this.#places = places;
    const first = places[0];
    const closed = first !== undefined && places.length > 2 ? { type: "Polygon", coordinates: [[...places, first]] } : null;
    this.field.value = closed === null ? "" : JSON.stringify(closed);
    this.#draw();
  }

  #draw(): void {
    const first = this.#places[0];
    const made: GeoJSON.Feature[] = this.#places.map((place) => of({ type: "Point", coordinates: place }));
    if (first !== undefined && this.#places.length > 2) {
      made.push(of({ type: "Polygon", coordinates: [[...this.#places, first]] }));
    } else if (this.#places.length === 2) {
      made.push(of({ type: "LineString", coordinates: this.#places }));
    }
    this.map.getSource<GeoJSONSource>("drawn")?.setData({ type: "FeatureCollection", features: made });
    this.#again.hidden = this.#places.length === 0;
  }
}

function of(geometry: GeoJSON.Geometry): GeoJSON.Feature {
  return { type: "Feature", geometry, properties: {} };
}

// The map page: one state; what a person does changes it, and map, legend, table and address follow.
import type * as GeoJSON from "geojson";
import type { GeoJSONSource, LayerSpecification, Map as MapLibre } from "maplibre-gl";

import { maps } from "../map";
import { apply } from "./apply";
import { type Choropleth, loadChoropleth } from "./choropleth";
import { Controls } from "./controls";
import { showCoordinates } from "./coordinates";
import { ask, type Frame, readFrame, say } from "./frame";
import { Growing } from "./growing";
import { foundAt, Panel } from "./identify";
import { loadLetters } from "./labels";
import { drawLegend, legendOf } from "./legend";
import { Measuring } from "./measuring";
import { palette } from "./palette";
import { handOver, printSheet } from "./printing";
import { fromHash, type State, toHash } from "./state";
import { knowFacilities, layers, sources } from "./style";
import { offerSymbols } from "./symbols";
import { drawTables } from "./tables";

/** Start the map page. */
export function start(root: HTMLElement): void {
  const frame = readFrame();
  knowFacilities(frame);
  const place = root.querySelector<HTMLElement>("[data-part='map']");
  if (place === null) {
    return;
  }
  try {
    new Atlas(root, place, frame);
  } catch (error) {
    console.error(error);
    place.textContent = say(frame, "noGraphics");
  }
}

class Atlas {
  #state: State;
  #layers: LayerSpecification[];
  #shown: Choropleth | null = null;
  #asked = "";
  #paper = false;
  #suggested = "";
  #map: MapLibre;
  #growing: Growing;
  #measuring: Measuring;
  #panel: Panel;
  #controls: Controls;

  constructor(
    private readonly root: HTMLElement,
    place: HTMLElement,
    private readonly frame: Frame,
  ) {
    this.#state = fromHash(window.location.hash, frame);
    this.#layers = layers(frame, this.#state, palette(), null);
    this.#map = this.#open(place);
    this.#growing = new Growing(this.#map, frame, (words) => this.#tell(words));
    this.#controls = new Controls(root, frame, (change) => this.#change(change));
    this.#measuring = new Measuring(this.#map, frame, this.#part("measured"), () => this.#showTools());
    this.#panel = new Panel(frame, this.#part("panel"), (at) => this.#change((state) => void (state.at = at)), (id) => this.#problem(id));
    this.#listen();
    this.#controls.follow(this.#state);
    if (window.matchMedia("(max-width: 767px)").matches) {
      root.querySelector(".atlas-legend")?.removeAttribute("open");
    }
    void this.#follow();
    void this.#letter();
  }

  /** Bring the names onto the map once the letters they need are loaded. */
  async #letter(): Promise<void> {
    try {
      const names = await ask<GeoJSON.FeatureCollection & { characters: string }>(this.frame.addresses.labels);
      await Promise.all([loadLetters(names.characters), this.#whenReady()]);
      this.#map.getSource<GeoJSONSource>("labels")?.setData(names);
    } catch (error) {
      console.error(error);
      this.#tell(say(this.frame, "failed"), "late");
    }
    this.#repaint();
    this.#map.once("idle", () => (this.root.dataset["idle"] = ""));
    this.#map.triggerRepaint();
  }

  #open(place: HTMLElement): MapLibre {
    const { view } = this.#state;
    const look = view === null
      ? { bounds: this.frame.bounds, fitBoundsOptions: { padding: 24 } }
      : { center: [view.longitude, view.latitude] as [number, number], zoom: view.zoom, bearing: view.bearing, pitch: view.pitch };
    const library = maps();
    const map = new library.Map({
      container: place,
      style: { version: 8, sources: sources(this.frame), layers: this.#layers },
      ...look,
      maxZoom: 20,
      maxPitch: 70,
      attributionControl: false,
      fadeDuration: 0,
      locale: {
        "Map.Title": say(this.frame, "mapLabel"),
        "NavigationControl.ZoomIn": say(this.frame, "zoomIn"),
        "NavigationControl.ZoomOut": say(this.frame, "zoomOut"),
        "NavigationControl.ResetBearing": say(this.frame, "resetNorth"),
      },
    });
    map.addControl(new library.NavigationControl({ visualizePitch: true }), "bottom-right");
    offerSymbols(map);
    showCoordinates(map, this.frame, this.#part("coordinates"));
    return map;
  }

  #listen(): void {
    this.#map.on("click", (event) => {
      if (this.#measuring.kind === null) {
        this.#panel.show(foundAt(this.#map, this.frame, event.point.x, event.point.y));
      }
    });
    this.#map.on("moveend", () => this.#moved());
    this.#map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key === "Enter" && this.#measuring.kind === null) {
        const { clientWidth, clientHeight } = this.#map.getCanvas();
        this.#panel.show(foundAt(this.#map, this.frame, clientWidth / 2, clientHeight / 2));
      }
    });
    document.addEventListener("huancheng:theme", () => this.#repaint());
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#repaint());
    window.addEventListener("hashchange", () => this.#readHash());
    this.root.addEventListener("click", (event) => this.#onClick(event));
    this.#printForm().addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#print();
    });
    if (this.#state.at !== "") {
      const [layer = "", id = ""] = this.#state.at.split(/:(.*)/s);
      void this.#panel.choose({ layer, id, name: "" });
    }
  }

  #onClick(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-act], [data-opens]") : null;
    if (target?.dataset["opens"] === "atlas-print") {
      this.#suggestTitle();
    }
    switch (target?.dataset["act"]) {
      case "distance":
      case "area":
        this.#measuring.toggle(target.dataset["act"] as "distance" | "area");
        break;
      case "table":
        this.#part("table").hidden = !this.#part("table").hidden;
        this.#showTools();
        break;
      case "layers":
        this.root.toggleAttribute("data-layers-open");
        break;
      case "home":
        this.#map.fitBounds(this.frame.bounds, { padding: 24 });
        break;
      case "copy":
        void navigator.clipboard?.writeText(window.location.href).then(() => this.#tell(say(this.frame, "copied")));
        break;
      case "go":
        this.#go(target);
        break;
    }
  }

  /** Go to a place that was searched for, and select it. */
  #go(target: HTMLElement): void {
    const box = (target.dataset["box"] ?? "").split(",").map(Number);
    const [west = 0, south = 0, east = 0, north = 0] = box;
    this.#map.fitBounds([west, south, east, north], { padding: 60, maxZoom: 17 });
    const [layer = "", id = ""] = (target.dataset["at"] ?? "").split(/:(.*)/s);
    this.#change((state) => void state.layers.add(layer));
    void this.#panel.choose({ layer, id, name: target.textContent ?? "" });
    this.root.removeAttribute("data-layers-open");
  }

  #change(change: (state: State) => void): void {
    const state: State = { ...this.#state, layers: new Set(this.#state.layers), without: new Set(this.#state.without) };
    change(state);
    this.#state = state;
    this.#controls.follow(state);
    this.#write();
    void this.#follow();
  }

  /** Bring map, legend and table to what the state says; what is missing is fetched first. */
  async #follow(): Promise<void> {
    this.#repaint();
    try {
      await this.#fetchAreas();
      await this.#whenReady();
      await this.#growing.follow(this.#state);
    } catch (error) {
      console.error(error);
      this.#tell(say(this.frame, "failed"), "late");
    }
    this.#repaint();
  }

  async #fetchAreas(): Promise<void> {
    const wanted = this.#state.indicator === "" ? "" : `${this.#state.run}/${this.#state.indicator}/${this.#state.by}`;
    if (wanted !== this.#asked) {
      this.#asked = wanted;
      const shown = await loadChoropleth(this.frame, this.#state);
      if (wanted === this.#asked) {
        this.#shown = shown;
      }
    }
  }

  #whenReady(): Promise<void> {
    return this.#map.isStyleLoaded() || this.#map.getSource("cases") !== undefined
      ? Promise.resolve()
      : new Promise((done) => void this.#map.once("styledata", () => done()));
  }

  #repaint(): void {
    if (this.#map.getSource("cases") === undefined) {
      void this.#whenReady().then(() => this.#repaint());
      return;
    }
    const colours = palette(this.#paper);
    const after = layers(this.frame, this.#state, colours, this.#shown);
    apply(this.#map, this.#layers, after);
    this.#layers = after;
    const lines = legendOf(this.frame, this.#state, colours, this.#shown, this.#lights());
    drawLegend(this.#part("legend"), lines);
    drawTables(this.#part("tables"), this.frame, this.#state, this.#shown, this.#growing, (thing) => this.#visit(thing));
  }

  #visit(thing: { id: string; layer: string; longitude?: number; latitude?: number }): void {
    if (thing.longitude !== undefined && thing.latitude !== undefined) {
      this.#map.easeTo({ center: [thing.longitude, thing.latitude], zoom: Math.max(this.#map.getZoom(), 14) });
    }
    void this.#panel.choose({ layer: thing.layer, id: thing.id, name: "" });
  }

  #lights(): Set<string> {
    return new Set((this.#growing.cases?.features ?? []).map((feature) => String(feature.properties?.["light"])));
  }

  #moved(): void {
    const { lng, lat } = this.#map.getCenter();
    this.#state.view = {
      zoom: this.#map.getZoom(), latitude: lat, longitude: lng, bearing: this.#map.getBearing(), pitch: this.#map.getPitch(),
    };
    this.#write();
    void this.#growing.follow(this.#state).catch(() => this.#tell(say(this.frame, "failed"), "late"));
  }

  #write(): void {
    window.history.replaceState(window.history.state, "", toHash(this.#state, this.frame));
  }

  /** Follow an address that was typed or pasted. */
  #readHash(): void {
    if (window.location.hash === toHash(this.#state, this.frame)) {
      return;
    }
    const read = fromHash(window.location.hash, this.frame);
    this.#change((state) => Object.assign(state, read, { view: read.view ?? state.view }));
    if (read.view !== null) {
      this.#map.jumpTo({ center: [read.view.longitude, read.view.latitude], zoom: read.view.zoom, bearing: read.view.bearing, pitch: read.view.pitch });
    }
  }

  /** Name the sheet after what it shows, unless the person named it. */
  #suggestTitle(): void {
    const field = this.#printForm().elements.namedItem("title") as HTMLInputElement;
    if (field.value === field.defaultValue || field.value === this.#suggested) {
      const scope = this.frame.words.scopes[this.#state.by] ?? "";
      this.#suggested = this.#shown === null ? field.defaultValue : `${this.#shown.title}（${scope}）`;
      field.value = this.#suggested.slice(0, 60);
    }
  }

  async #print(): Promise<void> {
    const form = this.#printForm();
    const words = form.querySelector<HTMLElement>("[data-part='print-words']");
    const button = form.querySelector<HTMLButtonElement>("button[type='submit'], button:not([type])");
    button?.setAttribute("disabled", "");
    if (words !== null) {
      words.textContent = say(this.frame, "printing");
    }
    try {
      this.#paper = true;
      this.#repaint();
      const lines = legendOf(this.frame, this.#state, palette(true), this.#shown, this.#lights());
      const file = await printSheet(this.#map, this.frame, form, lines);
      handOver(file, `${this.frame.title}-${this.frame.asOf}.pdf`);
      if (words !== null) {
        words.textContent = say(this.frame, "printed");
      }
    } catch (error) {
      if (words !== null) {
        words.textContent = error instanceof Error ? error.message : say(this.frame, "failed");
      }
    } finally {
      this.#paper = false;
      this.#repaint();
      button?.removeAttribute("disabled");
    }
  }

  /** Tell of a problem from what was fetched: its words are all there. */
  #problem(id: string): HTMLElement | null {
    const found = this.#growing.problems?.features.find((feature) => String(feature.properties?.["id"]) === id);
    if (found === undefined) {
      return null;
    }
    const said = found.properties ?? {};
    const list = document.createElement("dl");
    list.className = "facts";
    for (const [label, key] of [["problem", "problem"], ["region", "scope"], ["value", "value"], ["indicator", "indicator_name"], ["dimension", "group"]]) {
      const line = document.createElement("div");
      const term = document.createElement("dt");
      const words = document.createElement("dd");
      term.textContent = say(this.frame, label ?? "");
      words.textContent = String(said[key ?? ""] ?? "");
      line.append(term, words);
      list.append(line);
    }
    const head = document.createElement("h2");
    head.textContent = String(said["problem"]);
    const part = document.createElement("div");
    part.append(head, list);
    return part;
  }

  #showTools(): void {
    for (const button of this.root.querySelectorAll<HTMLElement>("[data-act='distance'], [data-act='area']")) {
      button.setAttribute("aria-pressed", String(button.dataset["act"] === this.#measuring.kind));
    }
    this.root.querySelector("[data-act='table']")?.setAttribute("aria-pressed", String(!this.#part("table").hidden));
  }

  #tell(text: string, tone = "done"): void {
    document.dispatchEvent(new CustomEvent("huancheng:say", { detail: { text, tone } }));
  }

  #printForm(): HTMLFormElement {
    return this.#part("print") as HTMLFormElement;
  }

  #part(name: string): HTMLElement {
    return this.root.querySelector(`[data-part="${name}"]`) as HTMLElement;
  }
}


// Telling what lies at a place: every feature that is shown there, and all that is known of the one chosen.
import type { Map as MapLibre, MapGeoJSONFeature, PointLike } from "maplibre-gl";

import { type Frame, say } from "./frame";

export interface Found {
  layer: string;
  id: string;
  name: string;
}

const REACH = 4;
const SILENT = /^(outside|land|selected-|measure-|name-|areas-.*-(line|none))/;

/** Return what is shown at a point of the screen, what lies on top first, each thing once. */
export function foundAt(map: MapLibre, frame: Frame, x: number, y: number): Found[] {
  const box: [PointLike, PointLike] = [[x - REACH, y - REACH], [x + REACH, y + REACH]];
  const once = new Map<string, Found>();
  for (const feature of map.queryRenderedFeatures(box)) {
    const found = SILENT.test(feature.layer.id) ? null : told(feature, frame);
    if (found !== null && !once.has(`${found.layer}:${found.id}`)) {
      once.set(`${found.layer}:${found.id}`, found);
    }
  }
  return [...once.values()];
}

function told(feature: MapGeoJSONFeature, frame: Frame): Found | null {
  const layer = layerOf(feature);
  const id = feature.properties["id"] as string | number | undefined;
  if (layer === null || id === undefined) {
    return null;
  }
  const properties = feature.properties;
  const title = layer === "cases" ? say(frame, "case") : layer === "problems" ? say(frame, "problem") : (frame.titles[layer] ?? layer);
  const name = String(properties["title"] ?? properties["problem"] ?? properties["name"] ?? "");
  return { layer, id: String(id), name: name === "" ? `${title} ${id}` : `${name}（${title}）` };
}

function layerOf(feature: MapGeoJSONFeature): string | null {
  if (feature.source === "city") {
    return (feature.sourceLayer ?? "").replace(/_overview$/, "");
  }
  if (feature.source === "cases" || feature.source === "problems") {
    return feature.source;
  }
  return feature.source.startsWith("internal-") ? feature.source.slice("internal-".length) : null;
}

/** The panel at the right: what was found, and all that is known of the one chosen. */
export class Panel {
  #asked = 0;

  constructor(
    private readonly frame: Frame,
    private readonly panel: HTMLElement,
    private readonly chosen: (at: string) => void,
    private readonly problem: (id: string) => HTMLElement | null,
  ) {
    panel.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest("[data-close]") !== null) {
        this.close();
      }
    });
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        this.close();
      }
    });
  }

  /** Show what was found at a place; the first of it in full. */
  show(found: Found[]): void {
    const list = this.#part("list");
    list.replaceChildren(...found.map((item) => this.#button(item)));
    list.hidden = found.length < 2;
    this.#part("count").textContent = found.length === 0 ? say(this.frame, "nothingHere") : say(this.frame, "found", { count: found.length });
    this.panel.hidden = false;
    const first = found[0];
    if (first === undefined) {
      this.#part("detail").replaceChildren();
      this.chosen("");
    } else {
      void this.choose(first);
    }
  }

  /** Show all that is known of one thing. */
  async choose(item: Found): Promise<void> {
    const asked = ++this.#asked;
    const at = `${item.layer}:${item.id}`;
    this.panel.hidden = false;
    const list = this.#part("list");
    list.hidden ||= list.childElementCount < 2;
    for (const button of list.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.dataset["at"] === at));
    }
    this.chosen(at);
    const detail = this.#part("detail");
    detail.setAttribute("aria-busy", "true");
    const made = await this.#fetch(item);
    if (asked === this.#asked) {
      detail.replaceChildren(...made);
      detail.removeAttribute("aria-busy");
    }
  }

  /** Close the panel and select nothing. */
  close(): void {
    this.panel.hidden = true;
    this.chosen("");
  }

  async #fetch(item: Found): Promise<Node[]> {
    if (item.layer === "problems") {
      const made = this.problem(item.id);
      return made === null ? [] : [made];
    }
    const { case: one, feature } = this.frame.addresses;
    const address =
      item.layer === "cases"
        ? one.replace("/0/", `/${item.id}/`)
        : feature.replace("LAYER", item.layer).replace("FEATURE", encodeURIComponent(item.id));
    const answer = await fetch(address, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
    if (!answer.ok) {
      page.body.textContent = say(this.frame, "failed");
    }
    return [...page.body.childNodes];
  }

  #button(item: Found): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "atlas-found";
    button.dataset["at"] = `${item.layer}:${item.id}`;
    button.textContent = item.name;
    button.addEventListener("click", () => void this.choose(item));
    const line = document.createElement("li");
    line.append(button);
    return line;
  }

  #part(name: string): HTMLElement {
    return this.panel.querySelector(`[data-part="${name}"]`) as HTMLElement;
  }
}

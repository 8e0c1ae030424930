// The table beside the map: the same things as words, for whoever cannot or will not read the map.
import type * as GeoJSON from "geojson";
import type { Choropleth } from "./choropleth";
import { type Frame, say } from "./frame";
import type { Growing } from "./growing";
import type { State } from "./state";

export type Go = (place: { id: string; layer: string; longitude?: number; latitude?: number }) => void;

/** Fill the table drawer with what the thematic layers show. */
export function drawTables(drawer: HTMLElement, frame: Frame, state: State, shown: Choropleth | null, growing: Growing, go: Go): void {
  const parts: HTMLElement[] = [];
  if (shown !== null) {
    const rows = [...shown.areas].sort((one, other) => other.class - one.class).map((area) => [
      button(area.name, () => go({ id: area.id, layer: state.by === "managed_area" ? "managed_areas" : "divisions" })),
      area.words === "" ? say(frame, "noData") : area.words,
    ]);
    parts.push(table(`${shown.title}（${shown.unit}）`, [frame.words.scopes[state.by] ?? say(frame, "region"), say(frame, "value")], rows));
  }
  if ((state.layers.has("cases") || state.layers.has("notices")) && growing.cases !== null) {
    const points = growing.cases.features.filter((feature) => feature.geometry.type === "Point");
    const rows = points.filter((feature) => state.layers.has("cases") || feature.properties?.["notice"] === true).map((feature) => {
      const said = feature.properties ?? {};
      const [longitude = 0, latitude = 0] = (feature.geometry as GeoJSON.Point).coordinates;
      return [
        button(String(said["title"]), () => go({ id: String(said["id"]), layer: "cases", longitude, latitude })),
        String(said["number"]),
        String(said["jurisdiction"]),
        said["light_word"] === "" ? say(frame, "nothingWaits") : String(said["light_word"]),
      ];
    });
    const title = say(frame, state.layers.has("cases") ? "cases" : "notices");
    const note = growing.cases.placeless > 0 ? `（${say(frame, "placeless", { count: growing.cases.placeless })}）` : "";
    parts.push(table(`${title}${note}`, [say(frame, "case"), say(frame, "number"), say(frame, "region"), say(frame, "light")], rows));
  }
  if (state.layers.has("problems") && growing.problems !== null) {
    const rows = growing.problems.features.map((feature) => {
      const said = feature.properties ?? {};
      const [longitude = 0, latitude = 0] = firstPlace(feature.geometry);
      return [
        button(String(said["problem"]), () => go({ id: String(said["id"]), layer: "problems", longitude, latitude })),
        String(said["scope"]),
        String(said["value"]),
      ];
    });
    parts.push(table(say(frame, "problems"), [say(frame, "problem"), say(frame, "region"), say(frame, "value")], rows));
  }
  if (parts.length === 0) {
    const none = document.createElement("p");
    none.className = "soft";
    none.textContent = say(frame, "noRows");
    parts.push(none);
  }
  drawer.replaceChildren(...parts);
}

function firstPlace(geometry: GeoJSON.Geometry): number[] {
  return geometry.type === "Point" ? geometry.coordinates : geometry.type === "MultiPoint" ? (geometry.coordinates[0] ?? []) : [];
}

function table(title: string, heads: string[], rows: (string | HTMLElement)[][]): HTMLElement {
  const frame = document.createElement("div");
  frame.className = "table-frame whole";
  const made = document.createElement("table");
  made.className = "compact";
  const caption = made.createCaption();
  caption.textContent = title;
  const line = made.createTHead().insertRow();
  for (const words of heads) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = words;
    line.append(cell);
  }
  const body = made.createTBody();
  for (const cells of rows) {
    const row = body.insertRow();
    cells.forEach((cell, index) => {
      const made = document.createElement(index === 0 ? "th" : "td");
      if (index === 0) {
        made.setAttribute("scope", "row");
      }
      made.append(cell);
      row.append(made);
    });
  }
  frame.append(made);
  return frame;
}

function button(words: string, act: () => void): HTMLElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "atlas-link";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

// The legend: what is shown, in the order of the map; the printed sheet takes the same lines.
import { type Choropleth, choroplethLegend } from "./choropleth";
import { buildingLegend, landLegend, type LegendLine } from "./classes";
import { type Frame, say } from "./frame";
import { FACILITIES, LIGHTS, type Palette, palette } from "./palette";
import type { State } from "./state";
import { symbol } from "./symbols";

/** Return the lines of the legend. */
export function legendOf(frame: Frame, state: State, colours: Palette, shown: Choropleth | null, lights: Set<string>): LegendLine[] {
  const has = (name: string): boolean => state.layers.has(name);
  const lines: LegendLine[] = [...choroplethLegend(shown, state, frame, colours)];
  if (has("buildings")) {
    lines.push(...buildingLegend(state.paint, frame, colours));
  }
  if (has("cases") || has("notices")) {
    lines.push(...caseLegend(frame, state, lights));
  }
  if (has("problems")) {
    lines.push(head(say(frame, "problems")), { words: say(frame, "problem"), colour: "#c8452d", sign: "dot", symbol: "problem-" });
  }
  if (has("facilities")) {
    lines.push(head(frame.titles["facilities"] ?? ""));
    lines.push(...Object.entries(frame.facilities).filter(([group]) => !state.without.has(group)).map(([group]) => ({
      words: frame.words.groups[group] ?? group, colour: FACILITIES[group] ?? "#000000", sign: "dot" as const, symbol: `facility-${group}`,
    })));
  }
  if (has("transit_stops")) {
    lines.push({ words: frame.titles["transit_stops"] ?? "", colour: FACILITIES["transit"] ?? "#000000", sign: "dot", symbol: "facility-transit" });
  }
  if (has("land_use")) {
    lines.push(...landLegend(frame));
  }
  return [...lines, ...baseLegend(frame, state, colours)];
}

function caseLegend(frame: Frame, state: State, lights: Set<string>): LegendLine[] {
  const present = Object.entries(LIGHTS).filter(([light]) => lights.has(light));
  if (present.length === 0) {
    return [];
  }
  return [
    head(say(frame, state.layers.has("cases") ? "cases" : "notices")),
    ...present.map(([light, { colour }]) => ({
      words: light === "none" ? say(frame, "nothingWaits") : (frame.words.lights[light] ?? light), colour, sign: "dot" as const, symbol: `light-${light}`,
    })),
  ];
}

function baseLegend(frame: Frame, state: State, colours: Palette): LegendLine[] {
  const areas: [string, string][] = [["water", colours.water], ["green_space", colours.green]];
  const lines: [string, string, string, "line" | "dash"][] = [
    ["boundary", say(frame, "cityLimit"), colours.text, "line"],
    ["divisions", say(frame, "countyLimit"), colours.border, "line"],
    ["divisions", say(frame, "streetLimit"), colours.border, "dash"],
    ["managed_areas", frame.titles["managed_areas"] ?? "", colours.managed, "dash"],
    ["built_up_area", frame.titles["built_up_area"] ?? "", colours.extent, "dash"],
    ["central_city", frame.titles["central_city"] ?? "", colours.extent, "line"],
    ["heritage_zones", frame.titles["heritage_zones"] ?? "", colours.heritage, "line"],
    ["development_boundary", frame.titles["development_boundary"] ?? "", colours.internal, "line"],
    ["railways", frame.titles["railways"] ?? "", colours.railway, "dash"],
  ];
  const made: LegendLine[] = [
    ...areas.filter(([name]) => state.layers.has(name)).map(([name, colour]) => ({ words: frame.titles[name] ?? name, colour, sign: "area" as const })),
    ...lines.filter(([name]) => state.layers.has(name)).map(([, words, colour, sign]) => ({ words, colour, sign })),
  ];
  if (state.layers.has("buildings") && state.paint === "plain") {
    made.unshift({ words: frame.titles["buildings"] ?? "", colour: colours.building, sign: "area" });
  }
  return made.length === 0 ? [] : [head(say(frame, "baseMap")), ...made];
}

function head(words: string): LegendLine {
  return { words, colour: "#000000", sign: "words" };
}

/** Draw the legend on the page. */
export function drawLegend(list: HTMLElement, lines: LegendLine[]): void {
  list.replaceChildren(...lines.map(lineOf));
}

function lineOf(line: LegendLine): HTMLElement {
  const item = document.createElement("li");
  if (line.sign === "words") {
    item.className = "atlas-legend-head";
    item.textContent = line.words;
    return item;
  }
  item.append(signOf(line), document.createTextNode(line.words));
  return item;
}

function signOf(line: LegendLine): HTMLElement {
  const canvas = document.createElement("canvas");
  canvas.width = 40;
  canvas.height = 32;
  canvas.className = "atlas-sign";
  canvas.setAttribute("aria-hidden", "true");
  const brush = canvas.getContext("2d");
  if (brush === null) {
    return canvas;
  }
  const drawn = line.symbol === undefined ? null : symbol(`${line.symbol}/${palette().name}`);
  if (drawn !== null) {
    const small = document.createElement("canvas");
    small.width = small.height = drawn.width;
    small.getContext("2d")?.putImageData(drawn, 0, 0);
    brush.drawImage(small, 4, 0, 32, 32);
  } else if (line.sign === "line" || line.sign === "dash") {
    brush.strokeStyle = line.colour;
    brush.lineWidth = 4;
    brush.setLineDash(line.sign === "dash" ? [10, 6] : []);
    brush.beginPath();
    brush.moveTo(2, 16);
    brush.lineTo(38, 16);
    brush.stroke();
  } else {
    brush.fillStyle = line.colour;
    brush.fillRect(2, 5, 36, 22);
    brush.strokeStyle = "rgba(120,132,143,0.7)";
    brush.lineWidth = 1.5;
    brush.strokeRect(2, 5, 36, 22);
  }
  return canvas;
}

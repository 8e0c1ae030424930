// How buildings and land are coloured, as MapLibre expressions and as lines of the legend: one source for both.
import type { ExpressionSpecification } from "maplibre-gl";

import type { Frame } from "./frame";
import { say } from "./frame";
import { AGE, BUILDING_USES, FLOORS, GRADES, LAND_USES, type Palette } from "./palette";
import type { Paint } from "./state";

export interface LegendLine {
  words: string;
  colour: string;
  sign: "area" | "line" | "dash" | "dot" | "words";
  /** Name of a drawn sign that stands for the colour on the page. */
  symbol?: string;
}

/** Return the colour of a building. */
export function buildingColour(paint: Paint, colours: Palette): ExpressionSpecification | string {
  switch (paint) {
    case "age":
      return stepped("year_built", AGE, colours.unknown);
    case "floors":
      return stepped("floors", FLOORS, colours.unknown);
    case "use":
      return coded("use", BUILDING_USES, colours.unknown);
    case "grade":
      return coded("safety_grade", GRADES, colours.unknown);
    default:
      return colours.building;
  }
}

/** Return the colour of a piece of land. */
export function landColour(colours: Palette): ExpressionSpecification {
  return coded("use", LAND_USES, colours.unknown);
}

/** Return the legend of coloured buildings. */
export function buildingLegend(paint: Paint, frame: Frame, colours: Palette): LegendLine[] {
  const unknown: LegendLine = { words: say(frame, "noData"), colour: colours.unknown, sign: "area" };
  const head: LegendLine = { words: `${frame.titles["buildings"] ?? ""}：${say(frame, paint)}`, colour: "#000000", sign: "words" };
  switch (paint) {
    case "age":
      return [head, ...ages(frame), unknown];
    case "floors":
      return [head, ...floors(frame), unknown];
    case "use":
      return [head, ...codes(BUILDING_USES, frame.codes["buildings.use"] ?? {}), unknown];
    case "grade":
      return [head, ...codes(GRADES, frame.codes["buildings.safety_grade"] ?? {}), unknown];
    default:
      return [];
  }
}

/** Return the legend of land use. */
export function landLegend(frame: Frame): LegendLine[] {
  const head: LegendLine = { words: frame.titles["land_use"] ?? "", colour: "#000000", sign: "words" };
  return [head, ...codes(LAND_USES, frame.codes["land_use.use"] ?? {})];
}

function stepped(column: string, ramp: { breaks: number[]; colours: string[] }, unknown: string): ExpressionSpecification {
  const [first = unknown, ...others] = ramp.colours;
  const steps = ramp.breaks.flatMap((limit, index) => [limit, others[index] ?? unknown]);
  const step = ["step", ["to-number", ["get", column]], first, ...steps] as unknown as ExpressionSpecification;
  return ["case", ["!=", ["typeof", ["get", column]], "number"], unknown, step];
}

function coded(column: string, colours: Record<string, string>, unknown: string): ExpressionSpecification {
  const pairs = Object.entries(colours).flat();
  return ["match", ["coalesce", ["get", column], ""], ...pairs, unknown] as unknown as ExpressionSpecification;
}

function codes(colours: Record<string, string>, words: Record<string, string>): LegendLine[] {
  return Object.entries(colours)
    .filter(([code]) => words[code] !== undefined)
    .map(([code, colour]) => ({ words: words[code] ?? code, colour, sign: "area" }));
}

function ages(frame: Frame): LegendLine[] {
  return AGE.colours.map((colour, index) => {
    const from = AGE.breaks[index - 1];
    const to = AGE.breaks[index];
    const words =
      from === undefined
        ? say(frame, "before", { year: to ?? "" })
        : to === undefined
          ? say(frame, "since", { year: from })
          : say(frame, "between", { from, to: to - 1 });
    return { words, colour, sign: "area" };
  });
}

function floors(frame: Frame): LegendLine[] {
  return FLOORS.colours.map((colour, index) => {
    const from = FLOORS.breaks[index - 1] ?? 1;
    const to = FLOORS.breaks[index];
    const words = to === undefined ? say(frame, "floorsAbove", { from }) : say(frame, "floorsBetween", { from, to: to - 1 });
    return { words, colour, sign: "area" };
  });
}

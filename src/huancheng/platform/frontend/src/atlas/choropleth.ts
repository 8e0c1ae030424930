// An indicator by area: the stored values and the classes of the register, painted on the divisions of the tiles.
import type { ExpressionSpecification } from "maplibre-gl";

import type { LegendLine } from "./classes";
import { ask, type Frame, say } from "./frame";
import type { Palette } from "./palette";
import type { State } from "./state";

export interface Area {
  id: string;
  name: string;
  class: number;
  words: string;
}

export interface Choropleth {
  title: string;
  unit: string;
  as_of: string;
  note: string;
  provenance: string;
  classes: { words: string; colour: string; areas: number }[];
  areas: Area[];
}

const ZERO = -1;

/** Ask for what a state wants shown; null where it wants none. */
export async function loadChoropleth(frame: Frame, state: State): Promise<Choropleth | null> {
  if (state.run === null || state.indicator === "") {
    return null;
  }
  const asked = new URLSearchParams({ indicator: state.indicator, kind: state.by });
  return ask<Choropleth>(`${frame.addresses.choropleth.replace("/0/", `/${state.run}/`)}?${asked.toString()}`);
}

/** Return the source layer and the level of the areas of a kind. */
export function areasOf(by: string): { layer: string; level: string | null } {
  return by === "managed_area" ? { layer: "managed_areas", level: null } : { layer: "divisions", level: by };
}

/** Return the colour of an area by its id; `nothing` for zero, transparent for areas without a value. */
export function areaColour(shown: Choropleth | null, colours: Palette): ExpressionSpecification | string {
  const pairs = (shown?.areas ?? []).flatMap((area) => {
    const colour = area.class === ZERO ? colours.unknown : shown?.classes[area.class]?.colour;
    return colour === undefined ? [] : [area.id, colour];
  });
  return pairs.length === 0
    ? "rgba(0,0,0,0)"
    : (["match", ["get", "id"], ...pairs, "rgba(0,0,0,0)"] as unknown as ExpressionSpecification);
}

/** Return which areas have no value: they are hatched by an outline of their own. */
export function unknownAreas(shown: Choropleth | null): string[] {
  return (shown?.areas ?? []).filter((area) => area.class < ZERO).map((area) => area.id);
}

/** Return the legend. */
export function choroplethLegend(shown: Choropleth | null, state: State, frame: Frame, colours: Palette): LegendLine[] {
  if (shown === null) {
    return [];
  }
  const scope = frame.words.scopes[state.by] ?? "";
  const lines: LegendLine[] = [{ words: `${shown.title}（${scope}，${shown.unit}）`, colour: "#000000", sign: "words" }];
  if (shown.areas.some((area) => area.class === ZERO)) {
    lines.push({ words: say(frame, "none"), colour: colours.unknown, sign: "area" });
  }
  lines.push(...shown.classes.map((item) => ({ words: item.words, colour: item.colour, sign: "area" as const })));
  if (shown.areas.some((area) => area.class < ZERO)) {
    lines.push({ words: say(frame, "noData"), colour: colours.land, sign: "area" });
  }
  return lines;
}

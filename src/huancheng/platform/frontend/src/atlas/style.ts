// The whole style of the map for a state: base, borders, thematic layers, in the order they lie on one another.
import type { ExpressionSpecification, FilterSpecification, LayerSpecification, SourceSpecification } from "maplibre-gl";

import { areaColour, areasOf, type Choropleth, unknownAreas } from "./choropleth";
import { buildingColour, landColour } from "./classes";
import type { Frame } from "./frame";
import { FACES, labelLayers, shownWords } from "./labels";
import { FACILITIES, type Palette } from "./palette";
import type { State } from "./state";

export const INTERNAL = ["development_boundary", "coverage_areas", "population", "parcels", "flood_records", "problem_points"];
const POINTS = ["flood_records", "problem_points"];
const CITY = "city";
const EMPTY = { type: "FeatureCollection" as const, features: [] };
const MINOR = ["residential", "service", "pedestrian", "cycleway", "track"];

/** Return where the data come from; they never change while the page is open, only what lies in them. */
export function sources(frame: Frame): Record<string, SourceSpecification> {
  const grown = ["labels", "renewal_units", "cases", "problems", "measure", ...INTERNAL.map((name) => `internal-${name}`)];
  return {
    [CITY]: { type: "vector", url: `pmtiles://${window.location.origin}${frame.addresses.tiles}` },
    
    ...Object.fromEntries(grown.map((name) => [name, { type: "geojson" as const, data: EMPTY }])),
  };
}

/** Return every layer; those that a state does not show are there and invisible. */
export function layers(frame: Frame, state: State, colours: Palette, shown: Choropleth | null): LayerSpecification[] {
  const seen = (name: string): boolean => state.layers.has(name);
  return [
    { id: "outside", type: "background", paint: { "background-color": colours.outside } },
    fill("land", "boundary", true, { "fill-color": colours.land }),
    ...both(frame, "land_use", seen("land_use"), { "fill-color": landColour(colours), "fill-opacity": 0.75 }),
    ...both(frame, "green_space", seen("green_space"), { "fill-color": colours.green }),
    line("waterways", "waterways", seen("waterways"), { "line-color": colours.waterLine, "line-width": grow(10, 0.8, 16, 4) }),
    ...both(frame, "water", seen("water"), { "fill-color": colours.water }),
    ...areas(state, colours, shown),
    ...both(frame, "blocks", seen("blocks"), { "fill-color": "rgba(0,0,0,0)", "fill-outline-color": colours.railway }),
    ...both(frame, "estates", seen("estates"), { "fill-color": colours.extent, "fill-opacity": 0.1 }),
    line("estates-line", "estates", seen("estates"), { "line-color": colours.extent, "line-width": 1, "line-dasharray": [3, 2] }),
    ...internal(state, colours),
    ...streets(frame, seen("streets"), colours),
    ...railways(seen("railways"), colours),
    ...buildings(frame, state, colours),
    ...borders(state, colours),
    fill("heritage", "heritage_zones", seen("heritage_zones"), { "fill-color": colours.heritage, "fill-opacity": 0.16 }),
    line("heritage-line", "heritage_zones", seen("heritage_zones"), { "line-color": colours.heritage, "line-width": 1.4 }),
    ...units(seen("renewal_units"), colours),
    ...selected(state, colours),
    ...cases(state, colours),
    ...facilities(state, colours),
    ...labelLayers(state, colours),
    ...points(state, colours),
    ...measured(colours),
  ];
}

function fill(id: string, layer: string, visible: boolean, paint: object, more: object = {}): LayerSpecification {
  return { id, type: "fill", source: CITY, "source-layer": layer, layout: shownAs(visible), paint, ...more } as LayerSpecification;
}

function line(id: string, layer: string, visible: boolean, paint: object, more: object = {}): LayerSpecification {
  const layout = { ...shownAs(visible), "line-join": "round", "line-cap": "round" };
  return { id, type: "line", source: CITY, "source-layer": layer, layout, paint, ...more } as LayerSpecification;
}

function shownAs(visible: boolean): { visibility: "visible" | "none" } {
  return { visibility: visible ? "visible" : "none" };
}

/** Return a width or size that grows with the zoom. */
function grow(from: number, small: number, to: number, large: number): ExpressionSpecification {
  return ["interpolate", ["exponential", 1.6], ["zoom"], from, small, to, large];
}

/** Return a polygon layer drawn from its overview at far zooms and from its own shapes nearby. */
function both(frame: Frame, layer: string, visible: boolean, paint: object): LayerSpecification[] {
  const zooms = frame.zooms[layer];
  const near = fill(layer, layer, visible, paint, { minzoom: zooms?.min ?? 0 });
  if (zooms?.far == null) {
    return [near];
  }
  const [from, to] = zooms.far;
  return [fill(`${layer}-far`, `${layer}_overview`, visible, paint, { minzoom: from, maxzoom: to + 1 }), near];
}

function areas(state: State, colours: Palette, shown: Choropleth | null): LayerSpecification[] {
  const wanted = shown === null ? null : areasOf(state.by);
  const of = (layer: string): FilterSpecification | undefined =>
    layer === "divisions" ? ["==", ["get", "level"], wanted?.level ?? ""] : undefined;
  const unknown = unknownAreas(shown);
  return ["divisions", "managed_areas"].flatMap((layer) => {
    const here = wanted?.layer === layer;
    const filter = of(layer);
    const more = filter === undefined ? {} : { filter };
    const none: FilterSpecification = ["in", ["get", "id"], ["literal", unknown]];
    return [
      fill(`areas-${layer}`, layer, here, { "fill-color": areaColour(shown, colours), "fill-opacity": 0.82 }, more),
      line(`areas-${layer}-line`, layer, here, { "line-color": colours.halo, "line-width": 1 }, more),
      line(`areas-${layer}-none`, layer, here, { "line-color": colours.faint, "line-width": 1, "line-dasharray": [2, 3] }, { filter: none }),
    ];
  });
}

function streets(frame: Frame, visible: boolean, colours: Palette): LayerSpecification[] {
  const kind: ExpressionSpecification = ["get", "class"];
  const groups: { name: string; filter: FilterSpecification; min: number; width: [number, number, number, number] }[] = [
    { name: "minor", filter: ["in", kind, ["literal", MINOR]], min: 14, width: [14, 0.6, 18, 7] },
    { name: "branch", filter: ["==", kind, "branch"], min: 12, width: [12, 0.7, 18, 12] },
    { name: "secondary", filter: ["==", kind, "secondary"], min: 9, width: [9, 0.6, 18, 18] },
    { name: "main", filter: ["in", kind, ["literal", ["arterial", "expressway"]]], min: 6, width: [8, 0.8, 18, 26] },
  ];
  const zooms = frame.zooms["streets"];
  const far = zooms?.far ?? [8, 11];
  const drawn = (suffix: string, edge: boolean): LayerSpecification[] =>
    groups.flatMap(({ name, filter, min, width: [from, small, to, large] }) => {
      const wide = edge ? 1.6 : 0;
      const paint = { "line-color": edge ? colours.streetEdge : colours.street, "line-width": grow(from, small + wide, to, large + wide) };
      const near = line(`streets-${name}${suffix}`, "streets", visible, paint, { filter, minzoom: Math.max(min, zooms?.min ?? 12) });
      const overview = line(`streets-${name}-far${suffix}`, "streets_overview", visible, paint, { filter, minzoom: far[0], maxzoom: far[1] + 1 });
      return min <= far[1] ? [overview, near] : [near];
    });
  return [...drawn("-edge", true), ...drawn("", false)];
}

function railways(visible: boolean, colours: Palette): LayerSpecification[] {
  return [
    line("railways", "railways", visible, { "line-color": colours.railway, "line-width": grow(8, 1, 16, 3) }),
    line("railways-ties", "railways", visible, { "line-color": colours.land, "line-width": grow(8, 0.4, 16, 1.6), "line-dasharray": [5, 5] }, { minzoom: 11 }),
  ];
}

function buildings(frame: Frame, state: State, colours: Palette): LayerSpecification[] {
  const visible = state.layers.has("buildings");
  const colour = buildingColour(state.paint, colours);
  const edge = state.paint === "plain" ? colours.buildingLine : "rgba(60,72,84,0.45)";
  const veiled = state.indicator !== "" && state.paint === "plain" ? 0.35 : 1;
  const flat = { "fill-color": colour, "fill-outline-color": edge, "fill-opacity": veiled };
  const height: ExpressionSpecification = ["coalesce", ["get", "height"], ["*", ["coalesce", ["get", "floors"], 1], 3.1]];
  const solid = { "fill-extrusion-color": colour, "fill-extrusion-height": height, "fill-extrusion-opacity": 0.92 };
  return [
    ...both(frame, "buildings", visible && !state.solid, flat),
    {
      id: "buildings-solid", type: "fill-extrusion", source: CITY, "source-layer": "buildings", minzoom: frame.zooms["buildings"]?.min ?? 14,
      layout: shownAs(visible && state.solid), paint: solid,
    },
  ];
}

function borders(state: State, colours: Palette): LayerSpecification[] {
  const level = (name: string): { filter: FilterSpecification } => ({ filter: ["==", ["get", "level"], name] });
  const divided = state.layers.has("divisions");
  const ink = colours.border;
  return [
    line("community-line", "divisions", divided, { "line-color": ink, "line-width": 0.5, "line-opacity": 0.6, "line-dasharray": [2, 3] }, { ...level("community"), minzoom: 13 }),
    line("street-line", "divisions", divided, { "line-color": ink, "line-width": grow(9, 0.4, 15, 1.2), "line-dasharray": [4, 3] }, { ...level("street"), minzoom: 9 }),
    line("county-line", "divisions", divided, { "line-color": ink, "line-width": grow(7, 0.8, 14, 2) }, level("county")),
    line("central-line", "central_city", state.layers.has("central_city"), { "line-color": colours.extent, "line-width": 2, "line-opacity": 0.7 }),
    line("built-line", "built_up_area", state.layers.has("built_up_area"), { "line-color": colours.extent, "line-width": 1.4, "line-dasharray": [4, 2] }),
    fill("managed-fill", "managed_areas", state.layers.has("managed_areas"), { "fill-color": colours.managed, "fill-opacity": 0.03 }),
    line("managed-line", "managed_areas", state.layers.has("managed_areas"), { "line-color": colours.managed, "line-width": 2, "line-dasharray": [6, 2, 1, 2] }),
    line("boundary-line", "boundary", state.layers.has("boundary"), { "line-color": colours.text, "line-width": grow(6, 1.2, 14, 3) }),
  ];
}

function internal(state: State, colours: Palette): LayerSpecification[] {
  return INTERNAL.flatMap((name) => {
    const visible = shownAs(state.layers.has(name));
    const source = `internal-${name}`;
    if (POINTS.includes(name)) {
      return [{
        id: `internal-${name}`, type: "circle", source, layout: visible,
        paint: { "circle-color": colours.internal, "circle-radius": 5, "circle-stroke-color": colours.halo, "circle-stroke-width": 1.2 },
      } as LayerSpecification];
    }
    return [
      { id: `internal-${name}-fill`, type: "fill", source, layout: visible, paint: { "fill-color": colours.internal, "fill-opacity": name === "development_boundary" ? 0 : 0.08 } },
      { id: `internal-${name}-line`, type: "line", source, layout: visible, paint: { "line-color": colours.internal, "line-width": 1.2 } },
    ] as LayerSpecification[];
  });
}

function facilities(state: State, colours: Palette): LayerSpecification[] {
  const chosen = Object.keys(FACILITIES).filter((name) => !state.without.has(name));
  const layout = {
    "icon-image": ["concat", "facility-", facilityGroup(), `/${colours.name}`],
    "icon-size": grow(13, 0.62, 17, 1),
    "icon-padding": 1,
    "text-field": ["step", ["zoom"], "", 16, ["coalesce", ["get", "name"], ""]],
    "text-font": FACES,
    "text-size": 11,
    "text-offset": [0, 1.1],
    "text-anchor": "top",
    "text-optional": true,
    "text-max-width": 8,
  };
  const paint = { "text-color": colours.text, "text-halo-color": colours.halo, "text-halo-width": 1.2 };
  return [
    {
      id: "facilities", type: "symbol", source: CITY, "source-layer": "facilities", minzoom: 13,
      filter: ["in", facilityGroup(), ["literal", chosen]],
      layout: { ...layout, visibility: shownWords(state.layers.has("facilities")) }, paint,
    } as unknown as LayerSpecification,
    {
      id: "transit", type: "symbol", source: CITY, "source-layer": "transit_stops", minzoom: 13,
      layout: { ...layout, "icon-image": `facility-transit/${colours.name}`, visibility: shownWords(state.layers.has("transit_stops")) }, paint,
    } as unknown as LayerSpecification,
  ];
}

let groupOfClass: ExpressionSpecification | null = null;

/** Say once which class of facility belongs to which group. */
export function knowFacilities(frame: Frame): void {
  const pairs = Object.entries(frame.facilities).map(([group, classes]) => [Object.keys(classes), group]);
  groupOfClass = ["match", ["get", "class"], ...pairs.flat(), "utility"] as unknown as ExpressionSpecification;
}

function facilityGroup(): ExpressionSpecification {
  return groupOfClass ?? ["literal", ""] as unknown as ExpressionSpecification;
}

/** Renewal units of the plans in force: their borders above the ground, a thin fill so that what lies below stays legible. */
function units(visible: boolean, colours: Palette): LayerSpecification[] {
  const source = "renewal_units";
  return [
    { id: "renewal-units", type: "fill", source, layout: shownAs(visible), paint: { "fill-color": colours.extent, "fill-opacity": 0.08 } },
    { id: "renewal-units-line", type: "line", source, layout: shownAs(visible), paint: { "line-color": colours.extent, "line-width": grow(10, 0.8, 16, 3) } },
  ];
}

function cases(state: State, colours: Palette): LayerSpecification[] {
  const wanted = caseFilter(state);
  const visible = shownAs(state.layers.has("cases") || state.layers.has("notices"));
  const shape: FilterSpecification = ["all", ["!=", ["geometry-type"], "Point"], wanted as ExpressionSpecification];
  return [
    { id: "cases-fill", type: "fill", source: "cases", filter: shape, layout: visible, paint: { "fill-color": colours.select, "fill-opacity": 0.12 } },
    { id: "cases-line", type: "line", source: "cases", filter: shape, layout: visible, paint: { "line-color": colours.select, "line-width": 2 } },
  ];
}

function caseFilter(state: State): FilterSpecification {
  const notices: ExpressionSpecification = ["==", ["get", "notice"], true];
  if (state.layers.has("cases")) {
    return ["literal", true] as unknown as FilterSpecification;
  }
  return notices;
}

function points(state: State, colours: Palette): LayerSpecification[] {
  const wanted = caseFilter(state) as ExpressionSpecification;
  return [
    {
      id: "problems", type: "symbol", source: "problems",
      layout: { ...shownAs(state.layers.has("problems")), "icon-image": `problem-/${colours.name}`, "icon-size": grow(10, 0.55, 16, 0.9), "icon-allow-overlap": true },
    },
    {
      id: "cases", type: "symbol", source: "cases", filter: ["all", ["==", ["geometry-type"], "Point"], wanted],
      layout: {
        ...shownAs(state.layers.has("cases") || state.layers.has("notices")),
        "icon-image": ["concat", "light-", ["get", "light"], `/${colours.name}`], "icon-allow-overlap": true, "icon-size": grow(9, 0.8, 15, 1.1),
      },
    },
  ] as LayerSpecification[];
}

function selected(state: State, colours: Palette): LayerSpecification[] {
  const [layer = "", id = ""] = state.at.split(/:(.*)/s);
  const drawn = ["buildings", "blocks", "estates", "divisions", "managed_areas", "land_use", "green_space", "water", "heritage_zones",
    "streets", "railways", "waterways", "central_city", "built_up_area"];
  const filter: FilterSpecification = ["==", ["get", "id"], id];
  return [
    ...drawn.map((name) => line(`selected-${name}`, name, name === layer, { "line-color": colours.select, "line-width": 3 }, { filter })),
    ...["facilities", "transit_stops"].map((name) => ({
      id: `selected-${name}`, type: "circle", source: CITY, "source-layer": name, filter, layout: shownAs(name === layer),
      paint: ring(colours),
    }) as LayerSpecification),
    ...["cases", "problems"].map((name) => ({
      id: `selected-${name}`, type: "circle", source: name, layout: shownAs(name === layer), paint: ring(colours),
      filter: ["all", ["==", ["to-string", ["get", "id"]], id], ["!=", ["geometry-type"], "Polygon"]],
    }) as LayerSpecification),
  ];
}

function ring(colours: Palette): object {
  return { "circle-radius": 13, "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": colours.select, "circle-stroke-width": 3 };
}

function measured(colours: Palette): LayerSpecification[] {
  return [
    { id: "measure-fill", type: "fill", source: "measure", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colours.select, "fill-opacity": 0.14 } },
    { id: "measure-line", type: "line", source: "measure", paint: { "line-color": colours.select, "line-width": 2, "line-dasharray": [3, 2] } },
    {
      id: "measure-points", type: "circle", source: "measure", filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-radius": 4, "circle-color": colours.halo, "circle-stroke-color": colours.select, "circle-stroke-width": 2 },
    },
  ];
}

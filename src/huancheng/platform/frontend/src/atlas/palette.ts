// Colours of the map: a quiet base in greys, ColorBrewer ramps for what data say. Light and dark.

export interface Palette {
  /** Ending of the names of signs drawn for these colours. */
  name: string;
  outside: string;
  land: string;
  water: string;
  waterLine: string;
  waterText: string;
  green: string;
  greenText: string;
  building: string;
  buildingLine: string;
  unknown: string;
  street: string;
  streetEdge: string;
  streetText: string;
  railway: string;
  border: string;
  managed: string;
  extent: string;
  heritage: string;
  text: string;
  halo: string;
  select: string;
  internal: string;
  faint: string;
}

const LIGHT: Palette = {
  name: "light",
  outside: "#e9ecee",
  land: "#f6f7f7",
  water: "#cbdde6",
  waterLine: "#b4cbd7",
  waterText: "#4e7c90",
  green: "#dde9d6",
  greenText: "#5d7c52",
  building: "#d8dcdf",
  buildingLine: "#c3c9cd",
  unknown: "#eceeef",
  street: "#ffffff",
  streetEdge: "#d5dade",
  streetText: "#6a7580",
  railway: "#9aa4ad",
  border: "#8b97a1",
  managed: "#7a5c99",
  extent: "#0f5b66",
  heritage: "#9a6a3c",
  text: "#3c4854",
  halo: "#ffffff",
  select: "#0f5b66",
  internal: "#8a5a83",
  faint: "#b7c0c7",
};

const DARK: Palette = {
  name: "dark",
  outside: "#0f1418",
  land: "#171d23",
  water: "#1d3441",
  waterLine: "#264453",
  waterText: "#7fb0c4",
  green: "#1e2d22",
  greenText: "#8fb283",
  building: "#2d363e",
  buildingLine: "#3a454e",
  unknown: "#242c33",
  street: "#3c4750",
  streetEdge: "#222a31",
  streetText: "#a0abb5",
  railway: "#66727c",
  border: "#71808c",
  managed: "#b79ad3",
  extent: "#6cbac5",
  heritage: "#cda06f",
  text: "#d3dbe2",
  halo: "#12171c",
  select: "#93d0d9",
  internal: "#c79ac0",
  faint: "#4a5660",
};

/** Return the palette of the page's colours; paper is always light. */
export function palette(paper = false): Palette {
  return isDark() && !paper ? DARK : LIGHT;
}

/** Whether the page is dark now. */
export function isDark(): boolean {
  const chosen = document.documentElement.dataset["theme"];
  return chosen === "dark" || (chosen !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
}

/** Age of buildings, the oldest first: ColorBrewer YlOrBr, five classes, turned round. */
export const AGE = { breaks: [1980, 1990, 2000, 2010], colours: ["#993404", "#d95f0e", "#fe9929", "#fed98e", "#ffffd4"] };

/** Floors, low to high: ColorBrewer PuBu, five classes; the breaks are those of dwellings (low, multi, middle, high). */
export const FLOORS = { breaks: [4, 7, 10, 19], colours: ["#f1eef6", "#bdc9e1", "#74a9cf", "#2b8cbe", "#045a8d"] };

/** Safety grade: ColorBrewer RdYlBu, four classes, readable without telling red from green. */
export const GRADES: Record<string, string> = { A: "#2c7bb6", B: "#abd9e9", C: "#fdae61", D: "#d7191c" };

/** Use of buildings: the hues planners know, made calm. */
export const BUILDING_USES: Record<string, string> = {
  residential: "#f0c75e",
  public_service: "#d98aa5",
  education: "#c983c0",
  health: "#e27c7c",
  culture: "#b58bd0",
  sport: "#7fb77e",
  office: "#e39a86",
  commercial: "#d9694f",
  mixed: "#dd9a4c",
  industrial: "#a58a6f",
  warehouse: "#9a93b8",
  utility: "#7f9db3",
  religious: "#b06a6a",
  agricultural: "#b5bf7a",
  ancillary: "#b8bec3",
  other: "#a9b0b6",
};

/** Use of land. */
export const LAND_USES: Record<string, string> = {
  residential: "#f7e39a",
  village: "#e6d49c",
  public_service: "#ecb6c8",
  commercial: "#eaa48b",
  industrial: "#c9b295",
  logistics: "#c9b9dc",
  transport: "#cfd5d9",
  utility: "#b3cad8",
  green: "#b6d8a3",
  agricultural: "#dfe9c2",
  forest: "#9cc491",
  special: "#c9c2b8",
  water: "#b9d5e2",
  vacant: "#e8e4d8",
};

/** Groups of facilities: eleven hues of one strength. */
export const FACILITIES: Record<string, string> = {
  education: "#7b4fa0",
  health: "#c0443d",
  elderly: "#a8642a",
  community: "#0f7a6c",
  commerce: "#b3572b",
  culture: "#8a3f7c",
  sport: "#3d7f3a",
  utility: "#4b6878",
  safety: "#a33b2f",
  administration: "#2f5f9e",
  housing: "#7a6a1f",
  transit: "#2c6f8f",
};

/** Lights of cases: a colour beside a shape of its own. */
export const LIGHTS: Record<string, { colour: string; shape: "diamond" | "triangle" | "circle" | "square" | "ring" }> = {
  red: { colour: "#c8452d", shape: "diamond" },
  amber: { colour: "#b7791f", shape: "triangle" },
  green: { colour: "#2f7d4f", shape: "circle" },
  stopped: { colour: "#5b6773", shape: "square" },
  hanging: { colour: "#0f5b66", shape: "square" },
  hung: { colour: "#b7791f", shape: "triangle" },
  open: { colour: "#2f7d4f", shape: "ring" },
  none: { colour: "#5b6773", shape: "ring" },
};

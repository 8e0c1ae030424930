// What the server tells the map when its page opens: see `atlas/queries/frame_of_map.py`.

export interface Indicator {
  id: string;
  name: string;
  group: string;
  unit: string;
  kinds: string[];
}

export interface Run {
  id: number;
  title: string;
  indicators: Indicator[];
}

export interface TileZooms {
  min: number;
  far: [number, number] | null;
}

export interface Words {
  [key: string]: string | Record<string, string>;
  lights: Record<string, string>;
  scopes: Record<string, string>;
  groups: Record<string, string>;
}

export interface Frame {
  snapshot: number;
  title: string;
  asOf: string;
  attribution: string;
  bounds: [number, number, number, number];
  crs: { name: string; code: string; definition: string };
  shown: string[];
  zooms: Record<string, TileZooms>;
  addresses: Record<"tiles" | "labels" | "feature" | "layer" | "cases" | "case" | "problems" | "choropleth" | "print" | "units", string>;
  codes: Record<string, Record<string, string>>;
  titles: Record<string, string>;
  facilities: Record<string, Record<string, string>>;
  runs: Run[];
  words: Words;
}

/** Read the frame from the page. */
export function readFrame(): Frame {
  return JSON.parse(document.getElementById("atlas-frame")?.textContent ?? "{}") as Frame;
}

/** Return a word, with the places named in braces filled in. */
export function say(frame: Frame, key: string, filled: Record<string, string | number> = {}): string {
  const word = frame.words[key];
  const text = typeof word === "string" ? word : key;
  return text.replace(/\{(\w+)\}/g, (_whole, name: string) => String(filled[name] ?? ""));
}

/** Ask for JSON; a refusal or a lost connection is an error. */
export async function ask<T>(address: string): Promise<T> {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) {
    throw new Error(`${answer.status} ${address}`);
  }
  return (await answer.json()) as T;
}

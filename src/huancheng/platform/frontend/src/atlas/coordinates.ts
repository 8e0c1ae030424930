// Where the pointer is (or the middle of the map): CGCS2000 in degrees and in metres, and a scale bar.
import type { Map as MapLibre } from "maplibre-gl";

import { type Frame, say } from "./frame";
import { type Place, projected } from "./geodesy";
import { metresPerPixel } from "./printing";

const LONGEST = 110;

/** Keep the line at the lower edge up to date. */
export function showCoordinates(map: MapLibre, frame: Frame, line: HTMLElement): void {
  const degrees = line.querySelector("[data-part='degrees']");
  const metres = line.querySelector("[data-part='metres']");
  const tell = (place: Place): void => {
    const { north, east } = projected(frame, place);
    if (degrees !== null && metres !== null) {
      degrees.textContent = `${place[0].toFixed(6)}°E ${place[1].toFixed(6)}°N`;
      metres.textContent = `X ${north.toFixed(2)} Y ${east.toFixed(2)}`;
    }
  };
  const middle = (): void => {
    const { lng, lat } = map.getCenter();
    tell([lng, lat]);
    showScale(map, frame, line);
  };
  map.on("mousemove", (event) => tell([event.lngLat.lng, event.lngLat.lat]));
  map.on("move", middle);
  map.on("load", middle);
}

function showScale(map: MapLibre, frame: Frame, line: HTMLElement): void {
  const bar = line.querySelector<HTMLElement>("[data-part='scale']");
  if (bar === null) {
    return;
  }
  const each = metresPerPixel(map);
  const length = rounded(each * LONGEST);
  bar.style.width = `${length / each}px`;
  bar.textContent = length >= 1000 ? `${length / 1000} ${say(frame, "kilometres")}` : `${length} ${say(frame, "metres")}`;
}

/** Return the longest of 1, 2 or 5 times a power of ten that is no longer. */
function rounded(metres: number): number {
  const step = 10 ** Math.floor(Math.log10(metres));
  return Math.max(...[1, 2, 5].map((factor) => factor * step).filter((length) => length <= metres));
}

// Printing: the map is drawn once more at a higher resolution; the server sets it on a sheet.
import type { Map as MapLibre } from "maplibre-gl";

import type { LegendLine } from "./classes";
import { type Frame, say } from "./frame";
import { lengthOf } from "./geodesy";

const SHARP = 2;
const PATIENCE = 20_000;

/** Return the PDF of a sheet with what the map shows. */
export async function printSheet(map: MapLibre, frame: Frame, form: HTMLFormElement, legend: LegendLine[]): Promise<Blob> {
  const picture = await pictureOf(map);
  const asked = new FormData(form);
  const bounds = map.getBounds();
  const sheet = {
    title: String(asked.get("title") ?? "").trim() || frame.title,
    subtitle: String(asked.get("subtitle") ?? "").trim(),
    legend: legend.slice(0, 60).map(({ words, colour, sign }) => ({ words: words.slice(0, 80), colour: hex(colour), sign })),
    metres_per_pixel: metresPerPixel(map) * (map.getCanvas().clientWidth / picture.width),
    bearing: map.getBearing(),
    corners: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()],
    landscape: picture.width >= picture.height,
  };
  const sent = new FormData();
  sent.set("csrfmiddlewaretoken", String(asked.get("csrfmiddlewaretoken") ?? ""));
  sent.set("sheet", JSON.stringify(sheet));
  sent.set("picture", picture.blob, "map.png");
  const answer = await fetch(frame.addresses.print, { method: "POST", body: sent, credentials: "same-origin" });
  if (!answer.ok) {
    const told = (await answer.json().catch(() => null)) as { error?: string } | null;
    throw new Error(told?.error ?? say(frame, "failed"));
  }
  return answer.blob();
}

/** Hand a file to the person. */
export function handOver(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Return the ground that one pixel of the screen covers in the middle of the map, along the ellipsoid. */
export function metresPerPixel(map: MapLibre): number {
  const { clientWidth, clientHeight } = map.getCanvas();
  const left = map.unproject([clientWidth / 2 - 50, clientHeight / 2]);
  const right = map.unproject([clientWidth / 2 + 50, clientHeight / 2]);
  return lengthOf([[left.lng, left.lat], [right.lng, right.lat]]) / 100;
}

async function pictureOf(map: MapLibre): Promise<{ blob: Blob; width: number; height: number }> {
  const before = map.getPixelRatio();
  map.setPixelRatio(SHARP);
  try {
    await quiet(map);
    return await captured(map);
  } finally {
    map.setPixelRatio(before);
  }
}

/** Wait until everything that is shown is drawn. */
function quiet(map: MapLibre): Promise<void> {
  return new Promise((done) => {
    const late = window.setTimeout(done, PATIENCE);
    map.once("idle", () => {
      window.clearTimeout(late);
      done();
    });
    map.triggerRepaint();
  });
}

/** Take the picture in the moment it is drawn: a canvas keeps nothing afterwards. */
function captured(map: MapLibre): Promise<{ blob: Blob; width: number; height: number }> {
  return new Promise((done, failed) => {
    map.once("render", () => {
      const canvas = map.getCanvas();
      const { width, height } = canvas;
      canvas.toBlob((blob) => (blob === null ? failed(new Error("no picture")) : done({ blob, width, height })), "image/png");
    });
    map.triggerRepaint();
  });
}

function hex(colour: string): string {
  return /^#[0-9a-f]{6}$/.test(colour) ? colour : "#000000";
}

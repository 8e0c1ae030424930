// Signs of the map, drawn on a canvas when the map asks for them: no sprite sheet, nothing fetched.
import type { Map as MapLibre } from "maplibre-gl";

import { FACILITIES, LIGHTS } from "./palette";

const SIZE = 20;
const SHARP = 2;

/** Strokes of each group's pictogram on a 20 by 20 ground. */
const PICTOGRAMS: Record<string, string> = {
  education: "M4 8l6-3 6 3-6 3zM6.5 9.5v3.5c2 1.6 5 1.6 7 0V9.5",
  health: "M10 5.5v9M5.5 10h9",
  elderly: "M10 15s-5-3.2-5-6.4A2.7 2.7 0 0 1 10 7a2.7 2.7 0 0 1 5 1.6C15 11.8 10 15 10 15z",
  community: "M5 10.5L10 6l5 4.5M6.5 9.5V14.5h7V9.5",
  commerce: "M6 8h8l-.7 6.5H6.7zM8 8V7a2 2 0 0 1 4 0v1",
  culture: "M10 7c-1.5-1-3-1.2-4.5-1v7.5c1.500-.2 3 0 4.500 1 1.500-1 3-1.200 4.500-1V6c-1.500-.2-3 0-4.500 1zM10 7v7.500",
  sport: "M10 5.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 1 0 0-9M5.500 10h9M10 5.500c2 3 2 6 0 9M10 5.500c-2 3-2 6 0 9",
  utility: "M6.500 7.500h7M7.200 7.500l.5 7h4.600l.5-7M8.700 7.500V6h2.600v1.500",
  safety: "M10 5l4.500 1.500v3.500c0 2.500-2 4.200-4.500 5-2.500-.8-4.500-2.500-4.500-5V6.500z",
  administration: "M10 5.500l4.500 2.500h-9zM6.500 8.500v5M10 8.500v5M13.500 8.500v5M5 14.500h10",
  housing: "M6 14.500V6.500h5v8M11 9.500h3.500v5M8 9h1M8 11.500h1M5 14.500h10",
  transit: "M6.500 6h7v6.500h-7zM6.500 9.500h7M8 12.500v1.500M12 12.500v1.500",
};

/** Draw the signs a map asks for. */
export function offerSymbols(map: MapLibre): void {
  map.setMissingStyleImageResolver((name) => {
    const made = symbol(name);
    if (made !== null && !map.hasImage(name)) {
      map.addImage(name, made, { pixelRatio: SHARP });
    }
  });
}

/** Return a sign by its name: `facility-education/light`, `light-red/dark`, `problem-/light`. */
export function symbol(name: string): ImageData | null {
  const [sign = "", colours = ""] = name.split("/");
  const [kind = "", of = ""] = sign.split("-");
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE * SHARP;
  const brush = canvas.getContext("2d");
  if (brush === null) {
    return null;
  }
  brush.scale(SHARP, SHARP);
  const edge = colours === "dark" ? "#12171c" : "#ffffff";
  if (kind === "facility" && FACILITIES[of] !== undefined) {
    disc(brush, FACILITIES[of], edge);
    stroke(brush, PICTOGRAMS[of] ?? "", "#ffffff");
  } else if (kind === "light" && LIGHTS[of] !== undefined) {
    const { colour, shape } = LIGHTS[of];
    outline(brush, shape);
    brush.fillStyle = shape === "ring" ? edge : colour;
    brush.fill();
    brush.lineWidth = shape === "ring" ? 3 : 1.5;
    brush.strokeStyle = shape === "ring" ? colour : edge;
    brush.stroke();
  } else if (kind === "problem") {
    outline(brush, "triangle");
    brush.fillStyle = "#c8452d";
    brush.fill();
    brush.lineWidth = 1.5;
    brush.strokeStyle = edge;
    brush.stroke();
    stroke(brush, "M10 8.500v3.500M10 14v.1", "#ffffff");
  } else {
    return null;
  }
  return brush.getImageData(0, 0, canvas.width, canvas.height);
}

function disc(brush: CanvasRenderingContext2D, colour: string, edge: string): void {
  brush.beginPath();
  brush.arc(10, 10, 9, 0, 2 * Math.PI);
  brush.fillStyle = colour;
  brush.fill();
  brush.lineWidth = 1.25;
  brush.strokeStyle = edge;
  brush.stroke();
}

function stroke(brush: CanvasRenderingContext2D, path: string, colour: string): void {
  brush.lineWidth = 1.4;
  brush.lineCap = brush.lineJoin = "round";
  brush.strokeStyle = colour;
  brush.stroke(new Path2D(path));
}

function outline(brush: CanvasRenderingContext2D, shape: string): void {
  brush.beginPath();
  if (shape === "diamond") {
    brush.moveTo(10, 2);
    brush.lineTo(18, 10);
    brush.lineTo(10, 18);
    brush.lineTo(2, 10);
  } else if (shape === "triangle") {
    brush.moveTo(10, 3);
    brush.lineTo(18, 17);
    brush.lineTo(2, 17);
  } else if (shape === "square") {
    brush.rect(4, 4, 12, 12);
  } else {
    brush.arc(10, 10, 6.5, 0, 2 * Math.PI);
  }
  brush.closePath();
}

// Maps: MapLibre with its worker, and PMTiles. A page with a map links map.css and uses a module that calls `maps()`;
// because modules are loaded when first met, no other page pays for MapLibre.
import "maplibre-gl/dist/maplibre-gl.css";
import * as maplibregl from "maplibre-gl";
import { Protocol } from "pmtiles";

let prepared = false;

/** Return MapLibre, ready to use: its worker is a file of our own (no blob is allowed), `pmtiles://` addresses are read. */
export function maps(): typeof maplibregl {
  if (!prepared) {
    const worker = document.querySelector<HTMLMetaElement>("meta[name='map-worker']");
    if (worker === null) {
      throw new Error("the page lacks {% map_assets %}");
    }
    maplibregl.setWorkerUrl(worker.content);
    maplibregl.addProtocol("pmtiles", new Protocol().tile);
    prepared = true;
  }
  return maplibregl;
}

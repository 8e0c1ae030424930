// Bringing the map from one state to the next: only the properties that differ are set.
import type { FilterSpecification, LayerSpecification, Map as MapLibre } from "maplibre-gl";

type Loose = LayerSpecification & {
  filter?: FilterSpecification;
  layout?: Record<string, unknown>;
  paint?: Record<string, unknown>;
};

/** Set what differs between two lists of the same layers. */
export function apply(map: MapLibre, before: LayerSpecification[], after: LayerSpecification[]): void {
  const old = new Map(before.map((layer) => [layer.id, layer as Loose]));
  for (const layer of after as Loose[]) {
    const was = old.get(layer.id);
    if (was === undefined) {
      continue;
    }
    if (differs(was.filter, layer.filter)) {
      map.setFilter(layer.id, layer.filter ?? null);
    }
    for (const [name, value] of changed(was.layout, layer.layout)) {
      map.setLayoutProperty(layer.id, name as never, value as never);
    }
    for (const [name, value] of changed(was.paint, layer.paint)) {
      map.setPaintProperty(layer.id, name as never, value as never);
    }
  }
}

function changed(before: Record<string, unknown> = {}, after: Record<string, unknown> = {}): [string, unknown][] {
  return Object.entries(after).filter(([name, value]) => differs(before[name], value));
}

function differs(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

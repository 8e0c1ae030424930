// A chart drawn from the table beside it, so that both say the same:
// `<div class="chart" data-module="chart" data-chart="bar" data-from="by-county" data-unit="公顷"></div>`.
import { draw, type Shown } from "./charts";

/** Start one chart. */
export function start(element: HTMLElement): void {
  const table = document.getElementById(element.dataset["from"] ?? "");
  if (!(table instanceof HTMLTableElement)) {
    return;
  }
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.innerText.trim());
  const rows = [...(table.tBodies[0]?.rows ?? [])].map((row) => [...row.cells].map((cell) => cell.innerText.trim()));
  const shown: Shown = {
    kind: element.dataset["chart"] === "line" ? "line" : "bar",
    unit: element.dataset["unit"] ?? "",
    categories: rows.map((row) => row[0] ?? ""),
    series: heads.slice(1).map((name, index) => ({ name, values: rows.map((row) => valueOf(row[index + 1] ?? "")) })),
  };
  draw(element, shown);
}

function valueOf(text: string): number | null {
  const found = text.replaceAll(",", "").match(/-?\d+(?:\.\d+)?/);
  return found === null ? null : Number(found[0]);
}

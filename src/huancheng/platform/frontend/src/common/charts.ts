// Charts: only the parts of ECharts that are used; colours and type come from the tokens; labels stand at what they name.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { init, use, type EChartsType } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, GridComponent, TooltipComponent, AriaComponent, SVGRenderer]);

/** What a chart shows: a category per row, a series per further column. */
export interface Shown {
  kind: "bar" | "line";
  categories: string[];
  series: { name: string; values: (number | null)[] }[];
  unit: string;
}

const PARTS = ["--primary", "--amber", "--ink-faint", "--green"];

/** Draw a chart into an element and keep it fitting; drawn anew when the colours change. */
export function draw(element: HTMLElement, shown: Shown): EChartsType {
  const chart = init(element, null, { renderer: "svg" });
  const paint = (): void => chart.setOption(options(shown, getComputedStyle(document.documentElement)), true);
  paint();
  new ResizeObserver(() => chart.resize()).observe(element);
  document.addEventListener("huancheng:theme", paint);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  return chart;
}

function options(shown: Shown, style: CSSStyleDeclaration): Record<string, unknown> {
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const words = { color: token("--ink-soft"), fontFamily: token("--sans"), fontSize: 12 };
  const flat = shown.kind === "bar" && shown.series.length === 1;
  const categories = { type: "category", data: shown.categories, axisTick: { show: false }, axisLine: { lineStyle: { color: token("--line") } }, axisLabel: words, inverse: flat };
  const values = { type: "value", axisLabel: flat ? { show: false } : words, splitLine: { show: !flat, lineStyle: { color: token("--line") } } };
  return {
    aria: { enabled: true },
    animation: false,
    color: PARTS.map(token),
    textStyle: words,
    grid: { left: 8, right: 72, top: 16, bottom: 8, containLabel: true },
    tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: (value: unknown) => `${number(value)} ${shown.unit}` },
    xAxis: flat ? values : categories,
    yAxis: flat ? categories : values,
    series: shown.series.map((series) => ({
      type: shown.kind,
      name: series.name,
      data: series.values,
      barMaxWidth: 18,
      symbolSize: 6,
      label: flat ? { show: true, position: "right", formatter: (point: { value: unknown }) => number(point.value), ...words } : { show: false },
      endLabel: shown.kind === "line" ? { show: true, formatter: series.name, ...words } : { show: false },
    })),
  };
}

function number(value: unknown): string {
  return typeof value === "number" ? value.toLocaleString("en", { maximumFractionDigits: 2 }) : "–";
}

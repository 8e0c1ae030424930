// A list of cases by keyboard: j and k walk, x ticks, Enter opens beside the list, o opens the case, Escape closes.
import htmx from "htmx.org";

import { isTyping } from "../common/frame";

/** Start a list whose rows open beside it. */
export function start(element: HTMLElement): void {
  const list = new List(element);
  element.addEventListener("click", (event) => list.onClick(event));
  element.addEventListener("change", (event) => list.onChange(event));
  document.addEventListener("keydown", (event) => list.onKey(event));
  list.count();
}

class List {
  private readonly rows: HTMLTableRowElement[];
  private readonly boxes: HTMLInputElement[];
  private readonly all: HTMLInputElement | null;
  private readonly counter: HTMLElement | null;
  private readonly panel: HTMLElement | null;
  private here = -1;

  constructor(private readonly element: HTMLElement) {
    this.rows = [...element.querySelectorAll<HTMLTableRowElement>("tr[data-beside]")];
    this.boxes = [...element.querySelectorAll<HTMLInputElement>("input[name='mark'], input[data-mark]")];
    this.all = element.querySelector<HTMLInputElement>("input[data-all]");
    this.counter = element.querySelector<HTMLElement>(".bulk-count");
    this.panel = element.querySelector<HTMLElement>(".panel");
  }

  onKey(event: KeyboardEvent): void {
    if (isTyping(event.target) && !(event.target instanceof HTMLInputElement && event.target.type === "checkbox")) {
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const does: Record<string, () => void> = {
      j: () => this.walk(1),
      k: () => this.walk(-1),
      x: () => this.tick(),
      o: () => this.row()?.querySelector<HTMLAnchorElement>("th a")?.click(),
      Escape: () => this.close(),
    };
    const act = event.key === "Enter" && event.target === this.row() ? () => this.open(this.row()) : does[event.key];
    if (act !== undefined) {
      if (event.key !== "Escape") {
        event.preventDefault();
      }
      act();
    }
  }

  onClick(event: MouseEvent): void {
    if (!(event.target instanceof Element)) {
      return;
    }
    if (event.target.closest("[data-close]") !== null) {
      this.close();
      return;
    }
    const row = event.target.closest<HTMLTableRowElement>("tr[data-beside]");
    if (row !== null && event.target.closest("a, input, button, label") === null) {
      this.here = this.rows.indexOf(row);
      this.open(row);
    }
  }

  onChange(event: Event): void {
    if (event.target === this.all && this.all !== null) {
      for (const box of this.boxes) {
        box.checked = this.all.checked;
      }
    }
    this.count();
  }

  /** Say how many are ticked; what can be done to them is offered only then. */
  count(): void {
    const ticked = this.boxes.filter((box) => box.checked).length;
    if (this.all !== null) {
      this.all.checked = ticked > 0 && ticked === this.boxes.length;
      this.all.indeterminate = ticked > 0 && ticked < this.boxes.length;
    }
    for (const button of this.element.querySelectorAll<HTMLButtonElement>(".bulk-bar button")) {
      button.disabled = ticked === 0;
    }
    if (this.counter !== null) {
      this.counter.dataset["idle"] ??= this.counter.textContent ?? "";
      const form = this.counter.dataset["count"] ?? "%s";
      this.counter.textContent = ticked > 0 ? form.replace("%s", String(ticked)) : this.counter.dataset["idle"];
    }
  }

  private row(): HTMLTableRowElement | undefined {
    return this.rows[this.here];
  }

  private walk(step: number): void {
    const next = Math.min(Math.max(this.here + step, 0), this.rows.length - 1);
    const row = this.rows[next];
    if (row === undefined) {
      return;
    }
    this.here = next;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
    if (this.panel !== null && this.panel.childElementCount > 0) {
      this.open(row);
    }
  }

  private tick(): void {
    const box = this.row()?.querySelector<HTMLInputElement>("input[name='mark'], input[data-mark]");
    if (box) {
      box.checked = !box.checked;
      this.count();
    }
  }

  private open(row: HTMLTableRowElement | undefined): void {
    const address = row?.dataset["beside"];
    if (this.panel === null || row === undefined || address === undefined) {
      return;
    }
    for (const other of this.rows) {
      other.toggleAttribute("data-shown", other === row);
      other.ariaSelected = other === row ? "true" : null;
    }
    void htmx.ajax("get", address, { target: this.panel, swap: "innerHTML" });
  }

  private close(): void {
    if (this.panel === null || this.panel.childElementCount === 0) {
      return;
    }
    this.panel.replaceChildren();
    for (const row of this.rows) {
      row.ariaSelected = null;
      row.removeAttribute("data-shown");
    }
    this.row()?.focus();
  }
}

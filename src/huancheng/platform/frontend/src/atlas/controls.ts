// The panel at the left: boxes and choices that follow the state and change it.
import { type Frame, type Indicator, say } from "./frame";
import type { Paint, State } from "./state";

type Change = (change: (state: State) => void) => void;

/** Binds the panel's fields to the state. */
export class Controls {
  constructor(
    private readonly root: HTMLElement,
    private readonly frame: Frame,
    private readonly change: Change,
  ) {
    root.addEventListener("change", (event) => this.#onChange(event));
    this.#fillRuns();
  }

  /** Let every field say what the state says. */
  follow(state: State): void {
    for (const box of this.#all<HTMLInputElement>("[data-layer]")) {
      box.checked = state.layers.has(box.dataset["layer"] ?? "");
    }
    for (const box of this.#all<HTMLInputElement>("[data-group]")) {
      box.checked = !state.without.has(box.dataset["group"] ?? "");
    }
    this.#set("paint", state.paint);
    this.#set("run", String(state.run ?? ""));
    this.#fillIndicators(state);
    this.#fillKinds(state);
    const solid = this.#field<HTMLInputElement>("solid");
    if (solid !== null) {
      solid.checked = state.solid;
    }
  }

  #onChange(event: Event): void {
    const field = event.target;
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) {
      return;
    }
    const { layer, group, field: name } = field.dataset;
    if (layer !== undefined && field instanceof HTMLInputElement) {
      this.change((state) => void (field.checked ? state.layers.add(layer) : state.layers.delete(layer)));
    } else if (group !== undefined && field instanceof HTMLInputElement) {
      this.change((state) => void (field.checked ? state.without.delete(group) : state.without.add(group)));
    } else if (name !== undefined) {
      this.change((state) => this.#choose(state, name, field));
    }
  }

  #choose(state: State, name: string, field: HTMLInputElement | HTMLSelectElement): void {
    switch (name) {
      case "paint":
        state.paint = field.value as Paint;
        break;
      case "solid":
        state.solid = field instanceof HTMLInputElement && field.checked;
        break;
      case "run":
        state.run = Number(field.value);
        state.indicator = "";
        state.problems = "";
        break;
      case "indicator": {
        state.indicator = field.value;
        const kinds = this.#indicator(state)?.kinds ?? [];
        state.by = kinds.includes(state.by) || kinds.length === 0 ? state.by : (kinds[0] ?? state.by);
        break;
      }
      case "by":
        state.by = field.value;
        break;
      case "problems":
        state.problems = field.value;
        break;
    }
  }

  #fillRuns(): void {
    const runs = this.frame.runs.map((run) => option(String(run.id), run.title));
    this.#field("run")?.replaceChildren(...runs);
  }

  #fillIndicators(state: State): void {
    const field = this.#field<HTMLSelectElement>("indicator");
    if (field === null) {
      return;
    }
    if (field.dataset["run"] !== String(state.run)) {
      field.dataset["run"] = String(state.run);
      const groups = new Map<string, HTMLOptGroupElement>();
      for (const indicator of this.#run(state)) {
        const group = groups.get(indicator.group) ?? document.createElement("optgroup");
        group.label = indicator.group;
        group.append(option(indicator.id, indicator.name));
        groups.set(indicator.group, group);
      }
      field.replaceChildren(option("", say(this.frame, "noIndicator")), ...groups.values());
      this.#field("problems")?.replaceChildren(
        option("", say(this.frame, "allProblems")),
        ...this.#run(state).map((indicator) => option(indicator.id, indicator.name)),
      );
    }
    field.value = state.indicator;
    this.#set("problems", state.problems);
  }

  #fillKinds(state: State): void {
    const field = this.#field<HTMLSelectElement>("by");
    const kinds = this.#indicator(state)?.kinds ?? [];
    field?.replaceChildren(...kinds.map((kind) => option(kind, this.frame.words.scopes[kind] ?? kind)));
    this.#set("by", state.by);
    if (field !== null) {
      field.disabled = kinds.length === 0;
    }
  }

  #run(state: State): Indicator[] {
    return this.frame.runs.find((run) => run.id === state.run)?.indicators ?? [];
  }

  #indicator(state: State): Indicator | undefined {
    return this.#run(state).find((item) => item.id === state.indicator);
  }

  #set(name: string, value: string): void {
    const field = this.#field<HTMLSelectElement>(name);
    if (field !== null) {
      field.value = value;
    }
  }

  #field<T extends HTMLElement = HTMLElement>(name: string): T | null {
    return this.root.querySelector<T>(`[data-field="${name}"]`);
  }

  #all<T extends HTMLElement>(selector: string): NodeListOf<T> {
    return this.root.querySelectorAll<T>(selector);
  }
}

function option(value: string, words: string): HTMLOptionElement {
  const made = document.createElement("option");
  made.value = value;
  made.textContent = words;
  return made;
}

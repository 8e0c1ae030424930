// Tables: filters answer at once, ↑ and ↓ go from row to row, a row opens its record beside the list, chosen columns and
// the height of rows are remembered in cookies so that the server draws them.
import htmx from "htmx.org";

const YEAR = 31_536_000;

/** Start one list. */
export function start(list: HTMLElement): void {
  list.addEventListener("click", (event) => onClick(list, event));
  list.addEventListener("keydown", (event) => onKey(list, event));
  list.addEventListener("change", (event) => onChange(list, event));
  list.querySelector<HTMLFormElement>("[data-filters]")?.addEventListener("submit", (event) => {
    event.preventDefault();
    narrow(list);
  });
  let typing = 0;
  list.querySelector("[data-filters]")?.addEventListener("input", (event) => {
    if (event.target instanceof HTMLInputElement) {
      window.clearTimeout(typing);
      typing = window.setTimeout(() => narrow(list), 400);
    }
  });
}

function remember(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
}

function reload(list: HTMLElement, address: string): void {
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.id : "";
  const place = document.activeElement instanceof HTMLInputElement ? document.activeElement.selectionStart : null;
  void htmx.ajax("get", address, { target: list, swap: "outerHTML" }).then(() => {
    history.replaceState(history.state, "", address);
    const again = focused === "" ? null : document.getElementById(focused);
    again?.focus();
    if (again instanceof HTMLInputElement && place !== null) {
      again.setSelectionRange(place, place);
    }
  });
}

function narrow(list: HTMLElement): void {
  const form = list.querySelector<HTMLFormElement>("[data-filters]");
  if (form === null) {
    return;
  }
  const query = new URLSearchParams();
  for (const [key, value] of new FormData(form)) {
    if (typeof value === "string" && value !== "") {
      query.set(key, value);
    }
  }
  reload(list, `${location.pathname}?${query}`);
}

function onChange(list: HTMLElement, event: Event): void {
  const target = event.target;
  if (target instanceof HTMLSelectElement && target.closest("[data-filters]") !== null) {
    narrow(list);
  } else if (target instanceof HTMLInputElement && target.closest("[data-columns]") !== null) {
    const boxes = [...list.querySelectorAll<HTMLInputElement>("[data-columns] input:checked")];
    remember(`columns_${list.dataset["table"]}`, boxes.map((box) => box.value).join(".") || "-");
    reload(list, location.pathname + location.search);
  } else if (target instanceof HTMLInputElement && target.hasAttribute("data-all")) {
    for (const box of list.querySelectorAll<HTMLInputElement>("tbody .select input")) {
      box.checked = target.checked;
    }
  }
}

function onClick(list: HTMLElement, event: MouseEvent): void {
  if (!(event.target instanceof Element)) {
    return;
  }
  const compact = event.target.closest("[data-compact]");
  if (compact !== null) {
    const now = list.classList.toggle("compact");
    compact.setAttribute("aria-pressed", String(now));
    remember("table_rows", now ? "compact" : "");
    return;
  }
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  const row = event.target.closest("tbody tr");
  const inside = event.target.closest("a, button, input, label, select, summary, details");
  if (row === null || !plain || (inside !== null && !inside.matches("a[data-row]"))) {
    return;
  }
  const link = row.querySelector<HTMLAnchorElement>("a[data-row]");
  if (link === null || String(getSelection()) !== "") {
    return;
  }
  if ("beside" in list.dataset) {
    event.preventDefault();
    openBeside(row, link);
  } else if (inside === null) {
    link.click();
  }
}

function openBeside(row: Element, link: HTMLAnchorElement): void {
  const panel = document.getElementById("panel");
  if (panel === null) {
    location.assign(link.href);
    return;
  }
  for (const other of row.parentElement?.querySelectorAll("[aria-selected]") ?? []) {
    other.removeAttribute("aria-selected");
  }
  row.setAttribute("aria-selected", "true");
  void htmx.ajax("get", link.href, { target: panel, swap: "innerHTML" }).then(() => {
    panel.querySelector("[data-panel-closes]")?.addEventListener("click", () => {
      panel.replaceChildren();
      row.removeAttribute("aria-selected");
      link.focus();
    });
  });
}

function onKey(list: HTMLElement, event: KeyboardEvent): void {
  if (!(event.target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const links = [...list.querySelectorAll<HTMLAnchorElement>("tbody a[data-row]")];
  const here = links.indexOf(event.target as HTMLAnchorElement);
  const frame = event.target.classList.contains("table-frame");
  if (here < 0 && !frame) {
    return;
  }
  const wanted = { ArrowDown: here + 1, ArrowUp: Math.max(here - 1, 0), Home: 0, End: links.length - 1 }[event.key];
  if (wanted !== undefined && (here >= 0 || event.key === "ArrowDown")) {
    event.preventDefault();
    const next = links[Math.min(wanted, links.length - 1)];
    next?.focus();
    next?.closest("tr")?.scrollIntoView({ block: "nearest" });
  } else if (event.key === "x" && here >= 0) {
    const box = event.target.closest("tr")?.querySelector<HTMLInputElement>(".select input");
    if (box) {
      box.checked = !box.checked;
    }
  }
}

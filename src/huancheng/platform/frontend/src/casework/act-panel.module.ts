// The place on a case's page where the form of an act opens: answers that refuse are shown there too, and focus goes to
// what came. Without scripts every act has a page of its own.
const SHOWN = new Set([403, 409, 422]);

/** Start the place. */
export function start(panel: HTMLElement): void {
  panel.addEventListener("htmx:beforeSwap", (event) => {
    const detail = (event as CustomEvent<{ xhr: XMLHttpRequest; shouldSwap: boolean; isError: boolean }>).detail;
    if (SHOWN.has(detail.xhr.status)) {
      detail.shouldSwap = true;
      detail.isError = false;
    }
  });
  panel.addEventListener("htmx:afterSwap", () => {
    const head = panel.querySelector<HTMLElement>(".error-summary, [role='alert'], h2");
    head?.setAttribute("tabindex", "-1");
    head?.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest", behavior: "smooth" });
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
      menu.open = false;
    }
  });
}

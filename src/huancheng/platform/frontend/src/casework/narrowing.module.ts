// Filters above a list: a choice narrows at once; the button is for those without scripts.

/** Start a form of filters. */
export function start(element: HTMLElement): void {
  if (!(element instanceof HTMLFormElement)) {
    return;
  }
  const button = element.querySelector<HTMLButtonElement>("[data-apply]");
  if (button !== null) {
    button.hidden = true;
  }
  element.addEventListener("change", () => {
    for (const field of element.querySelectorAll<HTMLSelectElement>("select")) {
      field.disabled = field.value === "";
    }
    element.requestSubmit();
  });
}

// Contents saved while they are typed, and sent as a whole in the end: what is on its way arrives first, so that a person
// never meets their own words as somebody else's; nothing is saved after the form has left.

/** Start the form. */
export function start(form: HTMLElement): void {
  if (!(form instanceof HTMLFormElement)) {
    return;
  }
  let onTheirWay = 0;
  let waits = false;
  let left = false;
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (left || waits) {
      event.preventDefault();
    }
  });
  form.addEventListener("htmx:beforeSend", () => (onTheirWay += 1));
  form.addEventListener("htmx:afterRequest", () => {
    onTheirWay -= 1;
    if (waits && onTheirWay === 0) {
      window.setTimeout(() => form.requestSubmit());
    }
  });
  form.addEventListener("submit", (event) => {
    waits = onTheirWay > 0;
    left = !waits;
    if (waits) {
      event.preventDefault();
    }
  });
  window.addEventListener("pageshow", () => (left = false));
}

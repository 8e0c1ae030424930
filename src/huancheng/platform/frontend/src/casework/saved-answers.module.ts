// Saved sentences under a field: fetched when the list is opened, put in where the cursor stands, or saved from the field.
import htmx from "htmx.org";

/** Start one list. */
export function start(list: HTMLElement): void {
  const field = document.getElementById(list.dataset["into"] ?? "");
  const place = list.querySelector<HTMLElement>(".saved-answers-list");
  if (!(list instanceof HTMLDetailsElement) || !(field instanceof HTMLTextAreaElement) || place === null) {
    return;
  }
  list.addEventListener("toggle", () => {
    if (list.open && place.childElementCount === 0) {
      void htmx.ajax("get", list.dataset["url"] ?? "", { target: place, swap: "innerHTML" });
    }
  });
  list.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (button?.hasAttribute("data-inserts") === true) {
      insert(field, button.textContent ?? "");
    } else if (button?.hasAttribute("data-keeps") === true) {
      const values = { sentence: field.value };
      void htmx.ajax("post", list.dataset["save"] ?? "", { source: document.body, target: place, swap: "innerHTML", values });
    }
  });
}

function insert(field: HTMLTextAreaElement, text: string): void {
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

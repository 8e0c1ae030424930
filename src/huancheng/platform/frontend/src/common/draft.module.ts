// Drafts: what one types is kept in this browser until the form arrives; after a lost connection or a closed window it
// stands there again: `<form data-module="draft" data-draft="case-17-opinion">`. It goes when the server has said that
// the form arrived (common/drafts.py). Passwords, files, hidden fields and `data-no-draft` are never kept.
import { DRAFT, sendingDraft } from "./drafts";
import { words } from "./words";

const PAUSE = 400;
const KEPT_DAYS = 30;

interface Draft {
  at: number;
  fields: Record<string, string[]>;
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Start one form. */
export function start(form: HTMLElement): void {
  if (!(form instanceof HTMLFormElement)) {
    return;
  }
  sweep();
  const person = document.body.dataset["person"] ?? "";
  const key = `${DRAFT}${person}:${form.dataset["draft"] ?? location.pathname}`;
  const note = noteOf(form, key);
  const kept = read(key);
  if (kept !== null && form.querySelector("[aria-invalid='true'], .error-summary") === null && differs(form, kept)) {
    fill(form, kept);
    show(note, "restored", true);
  }
  let timer = 0;
  const keepNow = (): void => {
    window.clearTimeout(timer);
    timer = 0;
    if (write(key, gather(form))) {
      show(note, "kept", true);
    }
  };
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(keepNow, PAUSE);
  });
  form.addEventListener("change", keepNow);
  window.addEventListener("pagehide", () => {
    if (timer !== 0 && form.isConnected) {
      keepNow();
    }
  });
  form.addEventListener("submit", () => {
    window.clearTimeout(timer);
    timer = 0;
    write(key, gather(form));
    sendingDraft(key);
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if ((event as CustomEvent).detail.successful === true && (event as CustomEvent).detail.elt === form) {
      localStorage.removeItem(key);
    }
  });
}

function keepable(element: Element): element is Field {
  if (!(element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement)) {
    return false;
  }
  const secret = element instanceof HTMLInputElement && ["password", "file", "hidden", "submit", "button"].includes(element.type);
  return element.name !== "" && !secret && !element.hasAttribute("data-no-draft");
}

function gather(form: HTMLFormElement): Draft {
  const fields: Record<string, string[]> = {};
  for (const element of [...form.elements].filter(keepable)) {
    const values = (fields[element.name] ??= []);
    if (element instanceof HTMLSelectElement) {
      values.push(...[...element.selectedOptions].map((option) => option.value));
    } else if (!(element instanceof HTMLInputElement) || !["checkbox", "radio"].includes(element.type) || element.checked) {
      values.push(element.value);
    }
  }
  return { at: Date.now(), fields };
}

function differs(form: HTMLFormElement, draft: Draft): boolean {
  const now = gather(form).fields;
  return Object.entries(draft.fields).some(([name, values]) => name in now && String(now[name]) !== String(values));
}

function fill(form: HTMLFormElement, draft: Draft): void {
  const used: Record<string, number> = {};
  for (const element of [...form.elements].filter(keepable)) {
    const values = draft.fields[element.name];
    if (values === undefined) {
      continue;
    }
    if (element instanceof HTMLSelectElement) {
      for (const option of element.options) {
        option.selected = values.includes(option.value);
      }
    } else if (element instanceof HTMLInputElement && ["checkbox", "radio"].includes(element.type)) {
      element.checked = values.includes(element.value);
    } else {
      const index = (used[element.name] = (used[element.name] ?? -1) + 1);
      element.value = values[index] ?? element.value;
    }
    element.dispatchEvent(new Event("draft:filled", { bubbles: true }));
  }
}

function noteOf(form: HTMLFormElement, key: string): HTMLElement {
  const note = document.createElement("p");
  note.className = "draft-note";
  note.setAttribute("role", "status");
  note.hidden = true;
  const text = document.createElement("span");
  const discard = document.createElement("button");
  discard.type = "button";
  discard.className = "button small quiet";
  discard.textContent = words("discard");
  discard.addEventListener("click", () => {
    localStorage.removeItem(key);
    form.reset();
    note.hidden = true;
  });
  note.append(text, " ", discard);
  (form.querySelector(".form-actions") ?? form).append(note);
  return note;
}

function show(note: HTMLElement, key: string, seen: boolean): void {
  note.hidden = !seen;
  const text = note.querySelector("span");
  if (text !== null && text.textContent !== words(key)) {
    text.textContent = words(key);
  }
}

function read(key: string): Draft | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as Draft | null;
  } catch {
    return null;
  }
}

function write(key: string, draft: Draft): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

function sweep(): void {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(DRAFT))) {
    const draft = read(key);
    if (draft === null || Date.now() - draft.at > KEPT_DAYS * 86_400_000) {
      localStorage.removeItem(key);
    }
  }
}

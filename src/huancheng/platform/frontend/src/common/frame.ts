// The frame's own habits: `/` goes to the search, menus close when one looks away, the colours follow the person's choice.

/** Start what every page has. */
export function startFrame(): void {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", closeMenusElsewhere);
  document.addEventListener("click", onTheme);
  document.addEventListener("click", onToastClose);
  document.addEventListener("click", onDialogue);
}

function onKey(event: KeyboardEvent): void {
  if (event.key === "Escape") {
    const open = [...document.querySelectorAll<HTMLDetailsElement>("details.menu[open], details.popover[open]")].pop();
    if (open !== undefined) {
      open.open = false;
      open.querySelector<HTMLElement>("summary")?.focus();
    }
    return;
  }
  if (event.key === "/" && !isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const search = document.getElementById("search");
    if (search !== null) {
      event.preventDefault();
      search.focus();
    }
  }
}

/** Whether keys go into a field. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function closeMenusElsewhere(event: MouseEvent): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open], details.popover[open]")) {
    if (event.target instanceof Node && !menu.contains(event.target)) {
      menu.open = false;
    }
  }
}

function onTheme(event: MouseEvent): void {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-theme-choice]") : null;
  if (button === null) {
    return;
  }
  const choice = button.dataset["themeChoice"] ?? "auto";
  document.documentElement.dataset["theme"] = choice;
  document.cookie = `theme=${choice}; path=/; max-age=31536000; samesite=lax`;
  for (const other of document.querySelectorAll<HTMLElement>("[data-theme-choice]")) {
    other.setAttribute("aria-pressed", String(other === button));
  }
  document.dispatchEvent(new CustomEvent("huancheng:theme"));
}

function onToastClose(event: MouseEvent): void {
  const button = event.target instanceof Element ? event.target.closest(".toast-close") : null;
  button?.closest(".toast")?.remove();
}

/** `data-opens="id"` opens a dialogue, `data-closes` closes the one it stands in. */
function onDialogue(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-opens], [data-closes]") : null;
  if (target === null) {
    return;
  }
  const wanted = target.dataset["opens"];
  const dialogue = wanted === undefined ? target.closest("dialog") : document.getElementById(wanted);
  if (dialogue instanceof HTMLDialogElement) {
    event.preventDefault();
    if (wanted === undefined) {
      dialogue.close();
    } else {
      dialogue.showModal();
    }
  }
}

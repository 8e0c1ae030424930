// Menus and popovers open beside their words wherever these stand, also inside what scrolls: their place is computed, and
// they close when what they hang on moves away.

const GAP = 4;
const EDGE = 8;

/** Place every menu and popover as it opens. */
export function startFloating(): void {
  document.addEventListener("toggle", (event) => onToggle(event.target), true);
  document.addEventListener("scroll", (event) => closeOn(event.target), true);
  window.addEventListener("resize", () => closeOn(document));
}

function bodyOf(details: HTMLDetailsElement): HTMLElement | null {
  return details.querySelector<HTMLElement>(":scope > .menu-list, :scope > .popover-body");
}

function onToggle(target: EventTarget | null): void {
  if (!(target instanceof HTMLDetailsElement) || !target.open || !target.matches(".menu, .popover")) {
    return;
  }
  const body = bodyOf(target);
  const words = target.querySelector("summary")?.getBoundingClientRect();
  if (body === null || words === undefined) {
    return;
  }
  target.classList.add("floats");
  const size = body.getBoundingClientRect();
  const left = target.classList.contains("at-end") ? words.right - size.width : words.left;
  const below = words.bottom + GAP;
  const top = below + size.height > innerHeight - EDGE ? Math.max(EDGE, words.top - GAP - size.height) : below;
  body.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - size.width - EDGE))}px`;
  body.style.top = `${top}px`;
}

function closeOn(scrolled: EventTarget | null): void {
  for (const details of document.querySelectorAll<HTMLDetailsElement>("details.floats[open]")) {
    const inside = scrolled instanceof Node && bodyOf(details)?.contains(scrolled);
    const moves = scrolled instanceof Node && scrolled.contains(details) && details.closest(".top, .rail") === null;
    if (moves && inside !== true) {
      details.open = false;
    }
  }
}

// Menus and popovers open beside their words wherever these stand, also inside what scrolls: their place is computed, and
// they close when what they hang on moves away.

const GAP = 4;
const EDGE = 8;

/** Where the words of an open menu stood when it was placed. */
const placed = new WeakMap<HTMLDetailsElement, DOMRect>();

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
  placed.set(target, words);
  const size = body.getBoundingClientRect();
  const left = target.classList.contains("at-end") ? words.right - size.width : words.left;
  const below = words.bottom + GAP;
  const top = below + size.height > innerHeight - EDGE ? Math.max(EDGE, words.top - GAP - size.height) : below;
  body.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - size.width - EDGE))}px`;
  body.style.top = `${top}px`;
}

// A scroll is told of a frame late: one that ended before the click must not close what the click opened. So a menu closes
// only when its words have left the place it was put beside.
function closeOn(scrolled: EventTarget | null): void {
  for (const details of document.querySelectorAll<HTMLDetailsElement>("details.floats[open]")) {
    const inside = scrolled instanceof Node && bodyOf(details)?.contains(scrolled);
    if (inside !== true && hasMoved(details)) {
      details.open = false;
    }
  }
}

function hasMoved(details: HTMLDetailsElement): boolean {
  const before = placed.get(details);
  const now = details.querySelector("summary")?.getBoundingClientRect();
  return before === undefined || now === undefined || Math.abs(now.left - before.left) + Math.abs(now.top - before.top) > 1;
}

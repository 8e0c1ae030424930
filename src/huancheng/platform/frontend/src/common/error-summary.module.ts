// What is wrong in a form is read first: the list takes the focus, each of its lines leads into its field.

/** Start one list of faults. */
export function start(summary: HTMLElement): void {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href^='#']") : null;
    const field = link === null ? null : document.getElementById(link.hash.slice(1));
    if (field !== null) {
      event.preventDefault();
      field.scrollIntoView({ block: "center" });
      (field.matches("input, select, textarea") ? field : (field.querySelector<HTMLElement>("input") ?? field)).focus();
    }
  });
}

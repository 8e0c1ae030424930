// Messages that pass: said at the lower edge, read aloud by screen readers, gone after a while unless something is wrong.

const STAY = 6000;

/** Show a message; one that tells of trouble stays until it is closed. */
export function toast(text: string, tone = "done"): void {
  const region = document.getElementById("toasts");
  if (region === null) {
    return;
  }
  const item = document.createElement("div");
  item.className = `toast ${tone}`;
  const words = document.createElement("p");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "toast-close";
  close.setAttribute("aria-label", region.dataset["close"] ?? "");
  close.textContent = "×";
  close.addEventListener("click", () => item.remove());
  item.append(words, close);
  region.append(item);
  if (tone !== "late") {
    window.setTimeout(() => item.remove(), STAY);
  }
}

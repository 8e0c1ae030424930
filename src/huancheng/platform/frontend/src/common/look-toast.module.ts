// The page of components: shows a message that passes and one that stays.
import { toast } from "./toast";

/** Start the button. */
export function start(button: HTMLElement): void {
  button.addEventListener("click", () => {
    toast(button.textContent ?? "");
    toast(button.textContent ?? "", "late");
  });
}

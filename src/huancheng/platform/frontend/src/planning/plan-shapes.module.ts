// Shows the shapes a page brings on a small map.
import { openShapes, readShapes } from "./shapes-map";

export function start(root: HTMLElement): void {
  openShapes(root, readShapes(root));
}

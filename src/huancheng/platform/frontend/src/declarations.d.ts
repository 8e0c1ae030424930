// What the bundler provides beside the packages' own types.
declare module "huancheng:modules" {
  /** A module of a page: `start` is given each element that asks for it by `data-module`. */
  export interface PageModule {
    start(element: HTMLElement): void;
  }
  export const modules: Record<string, () => Promise<PageModule>>;
}

declare module "*.css";

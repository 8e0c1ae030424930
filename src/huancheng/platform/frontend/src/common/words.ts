// The few words that modules say, translated by the server and handed over in <template id="words" data-…>.

/** Return a word by its key. */
export function words(key: string): string {
  return document.getElementById("words")?.dataset[key] ?? key;
}

/** The full stop of a sentence that ends with a name; "Acme Inc." has its own. */
export const stopAfter = (name: string): string => (name.endsWith(".") ? "" : ".");

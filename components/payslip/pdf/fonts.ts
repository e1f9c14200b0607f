import path from "node:path";
import { Font } from "@react-pdf/renderer";

/** The typeface of the pages, embedded from the package that the application ships with: nothing is fetched. */
export const family = "Geist";

let registered = false;

export function registerFonts(): void {
  if (registered) return;
  const folder = path.join(process.cwd(), "node_modules/geist/dist/fonts/geist-sans");
  Font.register({
    family,
    fonts: [
      { src: path.join(folder, "Geist-Regular.ttf"), fontWeight: 400 },
      { src: path.join(folder, "Geist-SemiBold.ttf"), fontWeight: 600 },
    ],
  });
  // A word that is broken by a hyphen is another word when it is copied.
  Font.registerHyphenationCallback((word) => [word]);
  registered = true;
}

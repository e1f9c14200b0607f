import path from "node:path";
import { Font } from "@react-pdf/renderer";

/** The typeface of the pages, embedded from the package that the application ships with: nothing is fetched. */
export const family = "Geist";

let registered: Promise<void> | null = null;

/** Gets the fonts ready; once a process. */
export function loadFonts(): Promise<void> {
  return (registered ??= register());
}

async function register(): Promise<void> {
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
  await Font.load({ fontFamily: family, fontWeight: 400 });
}

/**
 * The text with "?" for what the font has no sign for: another font would have to be put in its place, and what cannot be
 * read must not look like something else. Fonts must be loaded.
 */
export function inFont(text: string): string {
  const font: unknown = Font.getFont({ fontFamily: family, fontWeight: 400 })?.data;
  if (!covers(font)) throw new Error("The fonts of PDF files are not loaded");
  return [...text].map((sign) => (font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0) ? sign : "?")).join("");
}

interface Covering {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

const covers = (font: unknown): font is Covering =>
  typeof font === "object" && font !== null && "hasGlyphForCodePoint" in font;

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { SandboxApp } from "@/sandbox/app";

/** A file of this folder or below a folder of pages, as text. */
export const readAsset = (name: string): string =>
  readFileSync(path.join(import.meta.dirname, "..", name), "utf8");

/** Colors, type and what both pages share. */
export const tokens = readAsset("pages/tokens.css");

const fonts: Record<string, string> = {
  "geist.woff2": "geist-sans/Geist-Variable.woff2",
  "geist-mono.woff2": "geist-mono/GeistMono-Variable.woff2",
};

/** The font of a package, or null where it is not installed: the pages then use the system's. */
function readFont(file: string): Uint8Array<ArrayBuffer> | null {
  try {
    const entry = createRequire(import.meta.url).resolve("geist/font/sans");
    return new Uint8Array(readFileSync(path.join(path.dirname(entry), "fonts", file)));
  } catch {
    return null;
  }
}

/** Fonts of the pages. They are the same for everybody, so nobody has to be asked who they are. */
export function mountAssets(app: SandboxApp): void {
  for (const [name, file] of Object.entries(fonts)) {
    let kept: Uint8Array<ArrayBuffer> | null | undefined;
    app.get(`/_sandbox/assets/${name}`, (c) => {
      kept ??= readFont(file);
      if (!kept) return c.notFound();
      return c.body(kept, 200, { "Content-Type": "font/woff2", "Cache-Control": "public, max-age=86400" });
    });
  }
}

export interface NameParts {
  first?: string | null;
  middle?: string | null;
  last?: string | null;
  preferred?: string | null;
}

const tidy = (part: string | null | undefined) => part?.trim().replace(/\s+/g, " ") || null;

/** Preferred (or first) and last name; null where all of it is missing. */
export function displayName({ first, last, preferred }: NameParts): string | null {
  return [tidy(preferred) ?? tidy(first), tidy(last)].filter(Boolean).join(" ") || null;
}

/** "Abebe, Hanna" for lists; the part that is there where the other is missing. */
export function sortName({ first, last, preferred }: NameParts): string | null {
  return [tidy(last), tidy(preferred) ?? tidy(first)].filter(Boolean).join(", ") || null;
}

/** All parts as on a passport, the preferred name in quotes where it differs from the first. */
export function legalName({ first, middle, last, preferred }: NameParts): string | null {
  const nick = tidy(preferred);
  const called = nick && nick !== tidy(first) ? `“${nick}”` : null;
  return [tidy(first), called, tidy(middle), tidy(last)].filter(Boolean).join(" ") || null;
}

/** A sentence-safe name: never empty. */
export function nameOr(parts: NameParts, fallback = "Unnamed person"): string {
  return displayName(parts) ?? fallback;
}

/**
 * Two letters for a tile: of a person the first and the last word, of a company the first two.
 * "?" where there is nothing to take them from.
 */
export function initials(name: string | null | undefined, of: "person" | "company" = "person"): string {
  const words = (name ?? "")
    .trim()
    .split(/[\s._-]+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = firstCharacter(words[0]);
  const second =
    words.length > 1
      ? firstCharacter(of === "person" ? words.at(-1) : words[1])
      : (characters(words[0])[1] ?? "");
  return (first + second).toLocaleUpperCase("en-US") || "?";
}

function characters(word: string | undefined): string[] {
  return [...(word ?? "")].filter((character) => /[\p{L}\p{N}]/u.test(character));
}

function firstCharacter(word: string | undefined): string {
  return characters(word)[0] ?? "";
}

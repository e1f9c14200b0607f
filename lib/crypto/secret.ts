import { inspect } from "node:util";

const shown = "[secret]";

/** Holds a plaintext so that printing, logging or serialising it by accident shows nothing. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The plaintext. Callers keep it in a local variable, for one call. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  [inspect.custom](): string {
    return shown;
  }
}

/** The last four characters of an identifier's digits, or null where there are fewer than five. */
export function lastFourOf(secret: Secret): string | null {
  const digits = secret.reveal().replace(/\D/g, "");
  return digits.length > 4 ? digits.slice(-4) : null;
}

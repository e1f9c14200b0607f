/**
 * A value, or which kind of nothing stands in its place (DESIGN §4). None of
 * the four may be taken for another: a screen says which one it is, and why.
 */
export type Field<T> =
  | { kind: "value"; value: T }
  /** The provider answered, and there was nothing in this field. */
  | { kind: "none" }
  /** The value is held and only a part of it may be shown. */
  | { kind: "masked"; lastFour: string | null }
  /** The reader's role does not include it. */
  | { kind: "hidden" }
  /** The connection may not read it at the provider. */
  | { kind: "no_access"; reason: string }
  /** Not read yet: a sync is on its way to it. */
  | { kind: "syncing" }
  /** The provider answered with an error for this person. */
  | { kind: "failed"; message: string };

/** Why a whole answer of Finch is missing, or that it is there. */
export type ReadState =
  Exclude<Field<never>, { kind: "value" } | { kind: "none" } | { kind: "masked" }> | { kind: "read" };

/** Null, undefined and blank text become "none": the provider sent nothing. */
export function toField<T>(state: ReadState, value: T | null | undefined): Field<T> {
  if (state.kind !== "read") return state;
  if (value === null || value === undefined) return { kind: "none" };
  if (typeof value === "string" && value.trim() === "") return { kind: "none" };
  return { kind: "value", value };
}

// The form that z.uuid() takes in verbs: RFC 9562 with its version and variant, or one of the two that it names.
const form =
  /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|0{8}-0{4}-0{4}-0{4}-0{12}|f{8}-f{4}-f{4}-f{4}-f{12})$/;

/** An id of an address as verbs take it, in lower case; null for whatever is none, so that no address leads to an error. */
export function readUuid(value: string | null | undefined): string | null {
  const id = value?.toLowerCase() ?? "";
  return form.test(id) ? id : null;
}

/** Those of several values that are ids, in lower case. */
export const readUuids = (values: readonly string[]): string[] =>
  values.flatMap((value) => readUuid(value) ?? []);

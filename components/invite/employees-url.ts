import type { ListEmployeesInput } from "@/lib/domain/invitations/list-employees";

/** The address of the list of employees: what is not understood is left out. */

export type SearchParams = Record<string, string | string[] | undefined>;

const place = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const states = ["active", "invited", "expired"] as const;

const one = (params: SearchParams, name: string): string => {
  const value = params[name];
  return ((Array.isArray(value) ? value[0] : value) ?? "").replaceAll("\0", "").slice(0, 200);
};
const placeIn = (params: SearchParams, name: string) => {
  const value = one(params, name);
  if (!place.test(value)) return null;
  // The database knows no 31 February.
  const second = new Date(`${value.slice(0, 19)}Z`);
  return !Number.isNaN(second.getTime()) && value.startsWith(second.toISOString().slice(0, 19))
    ? value
    : null;
};

export function readEmployeesAddress(params: SearchParams): Required<ListEmployeesInput> {
  const before = placeIn(params, "before");
  return {
    search: one(params, "q").trim(),
    state: states.find((state) => state === one(params, "state")) ?? null,
    before,
    after: before === null ? placeIn(params, "after") : null,
  };
}

/** The same list at another place of it. */
export function employeesHref(
  here: string,
  { search, state }: Pick<ListEmployeesInput, "search" | "state">,
  at: { after?: string | null; before?: string | null } = {},
): string {
  const entries = Object.entries({ q: search, state, ...at }).flatMap(([name, value]) =>
    value ? [[name, value]] : [],
  );
  return entries.length > 0 ? `${here}?${new URLSearchParams(entries).toString()}` : here;
}

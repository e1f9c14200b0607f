import type { SearchParams } from "@/components/admin/admin-url";
import { readUuid } from "@/lib/format/uuid";
import { paths } from "@/lib/paths";

export interface BreakGlassAddress {
  employerSearch: string;
  customerId: string | null;
  personSearch: string;
  individualId: string | null;
}

function one(params: SearchParams, name: string): string {
  const value = params[name];
  return ((Array.isArray(value) ? value[0] : value) ?? "").replaceAll("\0", "").slice(0, 100).trim();
}

/** How far the steps have come; what is not understood is left out. Never a value, and never a reason. */
export function readBreakGlassAddress(params: SearchParams): BreakGlassAddress {
  return {
    employerSearch: one(params, "employer"),
    customerId: readUuid(one(params, "customer")),
    personSearch: one(params, "q"),
    individualId: readUuid(one(params, "person")),
  };
}

export function breakGlassHref(place: { customerId?: string; search?: string; individualId?: string } = {}) {
  return paths.adminBreakGlass({
    ...(place.customerId ? { customer: place.customerId } : {}),
    ...(place.search ? { q: place.search } : {}),
    ...(place.individualId ? { person: place.individualId } : {}),
  });
}

import type { SearchParams } from "@/components/admin/admin-url";
import { paths } from "@/lib/paths";

export interface BreakGlassAddress {
  employerSearch: string;
  customerId: string | null;
  personSearch: string;
  individualId: string | null;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function one(params: SearchParams, name: string): string {
  const value = params[name];
  return ((Array.isArray(value) ? value[0] : value) ?? "").replaceAll("\0", "").slice(0, 100).trim();
}

/** How far the steps have come; what is not understood is left out. Never a value, and never a reason. */
export function readBreakGlassAddress(params: SearchParams): BreakGlassAddress {
  const id = (name: string) => (uuid.test(one(params, name)) ? one(params, name).toLowerCase() : null);
  return {
    employerSearch: one(params, "employer"),
    customerId: id("customer"),
    personSearch: one(params, "q"),
    individualId: id("person"),
  };
}

export function breakGlassHref(place: { customerId?: string; search?: string; individualId?: string } = {}) {
  return paths.adminBreakGlass({
    ...(place.customerId ? { customer: place.customerId } : {}),
    ...(place.search ? { q: place.search } : {}),
    ...(place.individualId ? { person: place.individualId } : {}),
  });
}

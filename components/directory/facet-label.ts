import { enumLabel } from "@/lib/format/enums";
import type { FacetName } from "./directory-url";

export const facetTitles: Record<FacetName, string> = {
  status: "Status",
  department: "Department",
  type: "Type",
  subtype: "Subtype",
  manager: "Manager",
  connection: "Connection",
};

const enums = { status: "employmentStatus", type: "employmentType", subtype: "employmentSubtype" } as const;

/** A filter's value in words; ids come with their names from the server. */
export function facetLabel(facet: FacetName, value: string | null, name: string | null): string {
  if (value === null) return "Not provided";
  if (name !== null) return name;
  if (facet === "status" || facet === "type" || facet === "subtype") return enumLabel(enums[facet], value);
  return value;
}

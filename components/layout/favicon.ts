import type { Metadata } from "next";
import type { Environment } from "@/components/ui/badge";

/**
 * The icon of the tab: a copper perch in a sandbox, so that tabs differ; a dot while something needs a person.
 * Spread it into the metadata of a layout.
 */
export function favicon(environment: Environment, attention = false): Pick<Metadata, "icons"> {
  const name = `icon${environment === "sandbox" ? "-sandbox" : ""}${attention ? "-attention" : ""}`;
  return { icons: { icon: { url: `/${name}.svg`, type: "image/svg+xml" } } };
}

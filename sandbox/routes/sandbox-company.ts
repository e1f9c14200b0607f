import { bearer, ok, type Handler } from "@/sandbox/call";
import { changeEntity } from "@/sandbox/entities";
import { CompanyInput } from "@/sandbox/seed/inputs";
import { parseInput } from "@/sandbox/validate";

/** Replaces the company; a sync makes it visible (Finch: Update a sandbox company's data). All 8 keys are required. */
const update = bearer(({ world, caller, body }) => {
  const working = parseInput(CompanyInput, body);
  const published = caller.entity.company?.published ?? null;
  changeEntity(world, caller.connection, caller.entity.id, { company: { working, published } });
  return ok(working);
});

export const sandboxCompany: Record<string, Handler> = { "PUT /sandbox/company": update };

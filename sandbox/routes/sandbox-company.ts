import { bearer, ok, type Handler } from "@/sandbox/call";
import { CompanyInput } from "@/sandbox/seed/inputs";
import { parseInput } from "@/sandbox/validate";

/** Replaces the company; a sync makes it visible (Finch: Update a sandbox company's data). All 8 keys are required. */
const update = bearer(({ world, caller, body }) => {
  const working = parseInput(CompanyInput, body);
  const { connection } = caller;
  const published = connection.company?.published ?? null;
  world.store.connections.set(connection.id, { ...connection, company: { working, published } });
  return ok(working);
});

export const sandboxCompany: Record<string, Handler> = { "PUT /sandbox/company": update };

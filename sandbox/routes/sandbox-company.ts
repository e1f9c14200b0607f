import { bearer, ok } from "@/sandbox/call";
import { changeEntity } from "@/sandbox/entities";
import type { Result, Routes } from "@/sandbox/results";
import { CompanyInput } from "@/sandbox/seed/inputs";
import { parseInput } from "@/sandbox/validate";

/** Replaces the company; a sync makes it visible (Finch: Update a sandbox company's data). All 8 keys are required. */
const update = bearer<Result<"PUT /sandbox/company">>(({ world, caller, body }) => {
  const working = parseInput(CompanyInput, body);
  const published = caller.entity.company?.published ?? null;
  changeEntity(world, caller.connection, caller.entity.id, { company: { working, published } });
  return ok(working);
});

export const sandboxCompany = { "PUT /sandbox/company": update } satisfies Routes;

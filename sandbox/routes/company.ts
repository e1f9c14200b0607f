import { checkData } from "@/sandbox/auth";
import { bearer, ok } from "@/sandbox/call";
import { companyIdOf } from "@/sandbox/entities";
import { withSourceId } from "@/sandbox/on-request";
import { companyOf } from "@/sandbox/people";
import { withoutUnsupported } from "@/sandbox/providers";
import type { Result, Routes } from "@/sandbox/results";

/** The company as of the last sync; bank numbers in clear, as Finch gives them (Finch: Company). */
const read = bearer<Result<"GET /employer/company">>(({ world, caller }) => {
  const pending = checkData(caller, "company");
  if (pending) return { status: 202, body: pending };
  const company = companyOf(world, caller.connection, caller.entity, "published");
  const departments = company.departments?.map((row) =>
    withSourceId(world, caller, "company.departments", row),
  );
  const full = { ...company, departments: departments ?? null };
  const masked = withoutUnsupported(caller.provider, "company", full);
  return ok({ id: companyIdOf(caller.connection, caller.entity), ...masked });
});

export const company = { "GET /employer/company": read } satisfies Routes;

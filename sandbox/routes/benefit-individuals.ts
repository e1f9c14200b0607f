import { checkData } from "@/sandbox/auth";
import { currentConfiguration, enrolledIn } from "@/sandbox/benefits/enrollments";
import { invalidEnrollment, malformedRequest, unprocessableParameters } from "@/sandbox/benefits/errors";
import { EnrollInput, toEnrollItem, UnenrollInput } from "@/sandbox/benefits/inputs";
import { startBenefitJob } from "@/sandbox/benefits/jobs";
import type { Benefit, EnrollItem } from "@/sandbox/benefits/records";
import { isWrittenByHand, requireSupported } from "@/sandbox/benefits/support";
import { toIndividualBenefit } from "@/sandbox/benefits/wire";
import { bearer, ok, type BearerCall } from "@/sandbox/call";
import { FinchError, notFound, toItemBody } from "@/sandbox/errors";
import { workingPeople } from "@/sandbox/people";
import type { Result, Routes } from "@/sandbox/results";
import { requireBenefit, requireReadable } from "@/sandbox/routes/benefits";
import { parseInput } from "@/sandbox/validate";

const product = "benefits";

/** Who is enrolled now (Finch: Get Enrolled Individuals). */
const listEnrolled = bearer<Result<"GET /employer/benefits/{benefit_id}/enrolled">>((call) => {
  const { world, caller } = call;
  const pending = checkData(caller, product);
  if (pending) return { status: 202, body: pending };
  const benefit = requireReadable(call);
  const ids = [...enrolledIn(world, caller.connection, caller.entity, benefit).keys()];
  return ok({ benefit_id: benefit.id, individual_ids: ids });
});

/** `individual_ids` joined by commas, as Finch says, and in the spellings of its other lists. */
function readIds(query: URLSearchParams): string[] {
  const values: string[] = [];
  for (const [key, value] of query) {
    if (/^individual_ids(\[\d*\])?$/.test(key)) values.push(...value.split(","));
  }
  return values.map((value) => value.trim()).filter((value) => value !== "");
}

function missing(call: BearerCall, individual_id: string) {
  const known = workingPeople(call.world, call.caller).find(individual_id) !== null;
  const error = known
    ? new FinchError(404, "bad_request", `${individual_id} is not enrolled`, "enrollment_not_found")
    : notFound(`No individual with id ${individual_id} found`, "individual_not_found");
  return { individual_id, code: 404, body: toItemBody(error) };
}

/** Enrollments of some or, without ids, all who are enrolled; 207 where one is missing. */
const read = bearer<Result<"GET /employer/benefits/{benefit_id}/individuals">>((call) => {
  const { world, caller, query } = call;
  const pending = checkData(caller, product);
  if (pending) return { status: 202, body: pending };
  const benefit = requireReadable(call);
  const item = (individual_id: string, configuration: EnrollItem["configuration"]) => ({
    individual_id,
    code: 200,
    body: toIndividualBenefit(benefit, configuration),
  });
  const asked = readIds(query);
  if (asked.length === 0) {
    const enrolled = enrolledIn(world, caller.connection, caller.entity, benefit);
    return ok([...enrolled].map(([id, configuration]) => item(id, configuration)));
  }
  const items = asked.map((id) => {
    const found = currentConfiguration(world, caller.connection, caller.entity, benefit, id);
    return found ? item(id, found) : missing(call, id);
  });
  return { status: items.every(({ code }) => code === 200) ? 200 : 207, body: items };
});

/** Where nobody of a request can be enrolled, machines say so at once; otherwise the job does, for each. */
function requireSomebody(call: BearerCall, items: readonly EnrollItem[]): void {
  if (items.length === 0 || isWrittenByHand(call.caller)) return;
  const people = workingPeople(call.world, call.caller);
  const isContractor = ({ individualId }: EnrollItem) =>
    people.find(individualId)?.employment?.type === "contractor";
  if (items.every(isContractor)) throw invalidEnrollment("Contractors cannot be enrolled at this provider");
}

function readItems(call: BearerCall, benefit: Benefit): EnrollItem[] {
  const entries = parseInput(EnrollInput, call.body, malformedRequest);
  const byHand = isWrittenByHand(call.caller);
  return entries.map((entry) => {
    const item = toEnrollItem(entry);
    if (!item)
      throw unprocessableParameters(`A deduction or contribution of ${entry.individual_id} is incomplete`);
    requireSupported(call.caller, benefit, item.configuration);
    // Machines write at once and ignore the date (Finch: Write Deductions, "Effective Date").
    return byHand ? item : { ...item, effectiveDate: null };
  });
}

/**
 * Enrolls people, overwriting whatever they agreed to before (Finch: Enroll Individuals in Deductions).
 * 200 with a job that says 201, 200 or an error for each person; 422 where the provider cannot do it.
 */
const enroll = bearer<Result<"POST /employer/benefits/{benefit_id}/individuals">>((call) => {
  const { world, caller } = call;
  parseInput(EnrollInput, call.body, malformedRequest);
  const pending = checkData(caller, product);
  if (pending) return { status: 202, body: pending };
  const benefit = requireBenefit(call);
  if (!benefit.setUp) throw unprocessableParameters("The employer has not set up this deduction");
  const items = readItems(call, benefit);
  requireSomebody(call, items);
  const job = startBenefitJob(world, caller, benefit, { kind: "enroll", items });
  return ok({ job_id: job.id });
});

/** Ends enrollments: DELETE with a body (Finch: Unenroll Individuals from Deductions). */
const unenroll = bearer<Result<"DELETE /employer/benefits/{benefit_id}/individuals">>((call) => {
  const { world, caller } = call;
  const { individual_ids: individualIds } = parseInput(UnenrollInput, call.body ?? {}, malformedRequest);
  const pending = checkData(caller, product);
  if (pending) return { status: 202, body: pending };
  const benefit = requireBenefit(call);
  const job = startBenefitJob(world, caller, benefit, { kind: "unenroll", individualIds });
  return ok({ job_id: job.id });
});

export const benefitIndividuals = {
  "GET /employer/benefits/{benefit_id}/enrolled": listEnrolled,
  "GET /employer/benefits/{benefit_id}/individuals": read,
  "POST /employer/benefits/{benefit_id}/individuals": enroll,
  "DELETE /employer/benefits/{benefit_id}/individuals": unenroll,
} satisfies Routes;

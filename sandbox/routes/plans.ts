import { z } from "zod";
import { checkData } from "@/sandbox/auth";
import { bearer, ok, type Caller, type World } from "@/sandbox/call";
import { planOf } from "@/sandbox/company-plan";
import { notFound } from "@/sandbox/errors";
import { publishedPeople } from "@/sandbox/people";
import { plansOf } from "@/sandbox/plans/company-plans";
import { findDependent, pageOfDependents } from "@/sandbox/plans/dependents";
import { findEnrollment, pageOfEnrollments, type PlansView } from "@/sandbox/plans/enrollments";
import { maxItems, readInclude, readPage } from "@/sandbox/plans/paging";
import type { Result, Routes } from "@/sandbox/results";
import { parseInput } from "@/sandbox/validate";

/** The day of the last sync: plans are seen as they were then. */
const dayOf = (world: World, caller: Caller) =>
  (caller.connection.lastSyncedAt ?? world.clock.iso()).slice(0, 10);

const companyPlan = (world: World, caller: Caller) => planOf(world, caller.connection, caller.entity);

function viewOf(world: World, caller: Caller): PlansView {
  const people = publishedPeople(world, caller);
  return {
    plan: companyPlan(world, caller),
    today: dayOf(world, caller),
    find: (id) => people.find(id),
  };
}

const offered = (world: World, caller: Caller) =>
  plansOf(companyPlan(world, caller), dayOf(world, caller).slice(0, 4));

/** The company's benefit plans, of one type or all; at most 50 (Finch: OpenAPI document, beta). */
const listPlans = bearer<Result<"GET /employer/plans">>(({ world, caller, query }) => {
  const { limit, offset } = readPage(query);
  const pending = checkData(caller, "plans");
  if (pending) return { status: 202, body: pending };
  const type = query.get("plan_type")?.toLowerCase() ?? "";
  const plans = offered(world, caller).filter((plan) => type === "" || plan.type === type);
  return ok({ paging: { count: plans.length, offset }, plans: plans.slice(offset, offset + limit) });
});

/** One benefit plan; 404 where the entity has no such plan. */
const readPlan = bearer<Result<"GET /employer/plans/{plan_id}">>(({ world, caller, params }) => {
  const pending = checkData(caller, "plans");
  if (pending) return { status: 202, body: pending };
  const id = params["plan_id"] ?? "";
  const plan = offered(world, caller).find((row) => row.id === id);
  if (!plan) throw notFound(`No plan with id ${id} found`);
  return ok(plan);
});

/** Who is enrolled in which plan, page by page. */
const listEnrollments = bearer<Result<"GET /employer/plans-enrollments">>(({ world, caller, query }) => {
  const { limit, offset } = readPage(query);
  const pending = checkData(caller, "plans_enrollments");
  if (pending) return { status: 202, body: pending };
  const { count, page } = pageOfEnrollments(viewOf(world, caller), offset, limit);
  return ok({ paging: { count, offset }, enrollments: page });
});

const EnrollmentBatch = z.object({
  requests: z.array(z.object({ enrollment_id: z.string() })).max(maxItems),
});

/** Enrollments by id, up to 50; unknown ones are items with 404. */
const readEnrollments = bearer<Result<"POST /employer/plans-enrollments">>(({ world, caller, body }) => {
  const { requests } = parseInput(EnrollmentBatch, body);
  const pending = checkData(caller, "plans_enrollments");
  if (pending) return { status: 202, body: pending };
  const view = viewOf(world, caller);
  const responses = requests.map(({ enrollment_id }) => {
    const found = findEnrollment(view, enrollment_id);
    const error = () => notFound(`No enrollment with id ${enrollment_id} found`, "enrollment_not_found");
    return found
      ? { enrollment_id, code: 200, body: found }
      : { enrollment_id, code: 404, body: error().body("plain") };
  });
  return ok({ responses });
});

/** SSNs need the `ssn` product and must be asked for. */
const maySeeSsn = (caller: Caller, include: readonly string[]): boolean =>
  include.includes("ssn") && caller.account.products.includes("ssn");

/** Family members whom plans cover, page by page; SSNs with `include=ssn` and the `ssn` product only. */
const listDependents = bearer<Result<"GET /employer/plans-dependents">>(({ world, caller, query }) => {
  const { limit, offset } = readPage(query);
  const include = readInclude(query);
  const pending = checkData(caller, "plans_dependents");
  if (pending) return { status: 202, body: pending };
  const withSsn = maySeeSsn(caller, include);
  const { count, page } = pageOfDependents(companyPlan(world, caller), offset, limit, withSsn);
  return ok({ paging: { count, offset }, dependents: page });
});

const DependentBatch = z.object({
  requests: z.array(z.object({ dependent_id: z.string() })).max(maxItems),
  options: z.object({ include: z.array(z.enum(["ssn"])).nullish() }).nullish(),
});

/** Dependents by id, up to 50; unknown ones are items with 404. */
const readDependents = bearer<Result<"POST /employer/plans-dependents">>(({ world, caller, body }) => {
  const { requests, options } = parseInput(DependentBatch, body);
  const pending = checkData(caller, "plans_dependents");
  if (pending) return { status: 202, body: pending };
  const plan = companyPlan(world, caller);
  const withSsn = maySeeSsn(caller, options?.include ?? []);
  const responses = requests.map(({ dependent_id }) => {
    const found = findDependent(plan, dependent_id, withSsn);
    const error = () => notFound(`No dependent with id ${dependent_id} found`);
    return found
      ? { dependent_id, code: 200, body: found }
      : { dependent_id, code: 404, body: error().body("plain") };
  });
  return ok({ responses });
});

export const planRoutes = {
  "GET /employer/plans": listPlans,
  "GET /employer/plans/{plan_id}": readPlan,
  "GET /employer/plans-enrollments": listEnrollments,
  "POST /employer/plans-enrollments": readEnrollments,
  "GET /employer/plans-dependents": listDependents,
  "POST /employer/plans-dependents": readDependents,
} satisfies Routes;

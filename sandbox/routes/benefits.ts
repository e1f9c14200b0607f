import { randomUUID } from "node:crypto";
import { checkData } from "@/sandbox/auth";
import { benefitsOf, findBenefit } from "@/sandbox/benefits/catalog";
import { benefitNotFound, invalidBenefit, unsupportedParameters } from "@/sandbox/benefits/errors";
import { benefitFeatures, benefitTypes, companyOperation } from "@/sandbox/benefits/features";
import { CreateInput, RegisterInput, UpdateInput } from "@/sandbox/benefits/inputs";
import { startBenefitJob } from "@/sandbox/benefits/jobs";
import { nextPlace } from "@/sandbox/benefits/keys";
import type { Benefit } from "@/sandbox/benefits/records";
import {
  isWrittenByHand,
  requireOffered,
  requireReading,
  requireShortName,
} from "@/sandbox/benefits/support";
import { toBenefit } from "@/sandbox/benefits/wire";
import { bearer, ok, type Answer, type BearerCall } from "@/sandbox/call";
import { notImplemented } from "@/sandbox/errors";
import type { Result, Routes } from "@/sandbox/results";
import { parseInput } from "@/sandbox/validate";

const product = "benefits";

/** A deduction of the caller's entity. @throws FinchError 404 where it is unknown or another's */
export function requireBenefit({ world, caller, params }: BearerCall): Benefit {
  const id = params["benefit_id"] ?? "";
  const benefit = findBenefit(world, caller.connection, caller.entity, id);
  if (!benefit) throw benefitNotFound(id);
  return benefit;
}

/** The same for reading: what a provider never got is not there. */
export function requireReadable(call: BearerCall): Benefit {
  requireReading(call.caller);
  const benefit = requireBenefit(call);
  if (!benefit.setUp) throw benefitNotFound(benefit.id);
  return benefit;
}

/** All deductions of an entity, read live; a bare list. 501 where people write them (Finch: Get All Deductions). */
const list = bearer<Result<"GET /employer/benefits">>(({ world, caller }) => {
  const pending = checkData(caller, product);
  if (pending) return { status: 202, body: pending };
  requireReading(caller);
  const offered = (row: Benefit) =>
    row.type !== null &&
    benefitFeatures(caller.provider, row.type, caller.account.authenticationType) !== null;
  const rows = benefitsOf(world, caller.connection, caller.entity);
  return ok(rows.filter((row) => row.setUp && offered(row)).map(toBenefit));
});

/** One deduction (Finch: Get Deduction). */
const read = bearer<Result<"GET /employer/benefits/{benefit_id}">>((call) => {
  const pending = checkData(call.caller, product);
  return pending ? { status: 202, body: pending } : ok(toBenefit(requireReadable(call)));
});

/** The kinds of deductions that the provider knows. Deprecated; an entry names its type all the same. */
const readMeta = bearer<Result<"GET /employer/benefits/meta">>(({ caller }) => {
  const pending = checkData(caller, product);
  if (pending) return { status: 202, body: pending };
  const features = benefitTypes.flatMap((type) => {
    const found = benefitFeatures(caller.provider, type, caller.account.authenticationType);
    return found ? [{ type, ...found.supported_features }] : [];
  });
  return ok(features);
});

type Created = Result<"POST /employer/benefits">;
type Wanted = Pick<Benefit, "type" | "frequency" | "description" | "companyContribution">;

/** Makes a deduction, or finds the one with the same type, frequency and description. */
function addBenefit(
  { world, caller }: BearerCall,
  kind: "create" | "register",
  wanted: Wanted,
): Answer<Created> {
  const { connection, entity } = caller;
  const same = benefitsOf(world, connection, entity).find(
    (row) =>
      row.type === wanted.type &&
      row.frequency === wanted.frequency &&
      row.description === wanted.description,
  );
  const isNew = !same?.setUp;
  const id = same?.id ?? randomUUID();
  const place = same?.place ?? nextPlace(world.store.benefits.group(connection.id));
  const benefit: Benefit = isNew
    ? { ...wanted, id, place, connectionId: connection.id, entityId: entity.id, setUp: true }
    : same;
  if (isNew) world.store.benefits.set(id, benefit);
  const job = startBenefitJob(world, caller, benefit, { kind, isNew });
  return { status: 201, body: { benefit_id: id, job_id: job.id } };
}

/**
 * Creates a deduction of the company (Finch: Create Deduction). The same triple again answers the same
 * id. 422 where the provider lacks a parameter, 501 where only the employer can create deductions.
 */
const create = bearer<Result<"POST /employer/benefits">>((call) => {
  const { caller } = call;
  const input = parseInput(CreateInput, call.body, invalidBenefit);
  const pending = checkData(caller, product);
  if (pending) return { status: 202, body: pending };
  if (companyOperation(caller.provider, caller.account.authenticationType, "create") !== "supported")
    throw notImplemented(`Deductions of ${caller.provider.display_name} are created by the employer there`);
  const match = input.company_contribution ?? null;
  const offered = requireOffered(caller, { ...input, matches: match !== null });
  const description = input.description ?? null;
  requireShortName(caller, description, unsupportedParameters);
  return addBenefit(call, "create", { ...offered, description, companyContribution: match });
});

/** Tells Finch of a deduction that the provider has already; for assisted providers only, else 400. */
const register = bearer<Result<"POST /employer/benefits/register">>((call) => {
  const { caller } = call;
  const input = parseInput(RegisterInput, call.body, invalidBenefit);
  const pending = checkData(caller, product);
  if (pending) return { status: 202, body: pending };
  if (!isWrittenByHand(caller))
    throw invalidBenefit(
      `Deductions of ${caller.provider.display_name} are not assisted: list or create them`,
    );
  const offered = requireOffered(caller, input);
  const description = input.description ?? null;
  return addBenefit(call, "register", { ...offered, description, companyContribution: null });
});

/** Gives a deduction another description; nothing else can change (Finch: Update Deduction). */
const update = bearer<Result<"POST /employer/benefits/{benefit_id}">>((call) => {
  const { world, caller } = call;
  const input = parseInput(UpdateInput, call.body ?? {}, invalidBenefit);
  const pending = checkData(caller, product);
  if (pending) return { status: 202, body: pending };
  const benefit = requireBenefit(call);
  if (companyOperation(caller.provider, caller.account.authenticationType, "update") !== "supported")
    throw notImplemented(`Deductions of ${caller.provider.display_name} are changed by the employer there`);
  const description = input.description ?? benefit.description;
  requireShortName(caller, description, invalidBenefit);
  const job = startBenefitJob(world, caller, benefit, { kind: "update", description });
  return ok({ benefit_id: benefit.id, job_id: job.id });
});

export const benefitRoutes = {
  "GET /employer/benefits": list,
  "POST /employer/benefits": create,
  "POST /employer/benefits/register": register,
  "GET /employer/benefits/meta": readMeta,
  "GET /employer/benefits/{benefit_id}": read,
  "POST /employer/benefits/{benefit_id}": update,
} satisfies Routes;

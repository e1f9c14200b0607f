import "server-only";
import { notFound } from "next/navigation";
import type { Permission } from "@/lib/auth/permissions";
import { requireCustomer, type Context, type CustomerContext } from "@/lib/domain/context";
import {
  employerContextOf,
  employersOf,
  isStaff,
  platformContextOf,
  selfContextOf,
  selfPairsOf,
  staffContextAt,
  type EmployerView,
  type SelfPair,
} from "@/lib/domain/users/grants";
import type { OwnJobView } from "@/lib/domain/users/label-jobs";
import { listOwnJobs } from "@/lib/domain/users/list-own-jobs";
import { log } from "@/lib/log";
import { readUuid } from "@/lib/format/uuid";
import { requireSession, type SignedInSession } from "./session";

export type { EmployerView, SelfPair };

interface ContextOptions {
  /** Without it the page does not exist for this person. */
  permission?: Permission;
}

/** Who asked, and where: for the log, when it is not theirs. */
interface Asked {
  userId: string;
  customerId?: string;
}

function exists<T extends Context>(ctx: T | null, { permission }: ContextOptions, asked: Asked): T {
  if (ctx && (!permission || ctx.permissions.has(permission))) return ctx;
  log.info("a place was asked for that is not theirs", { code: "NOT_FOUND", ...asked });
  notFound();
}

/** What the session proved comes from the session, whatever the role. */
const withStepUp = (ctx: Context | null, { session }: SignedInSession): Context | null =>
  ctx && { ...ctx, steppedUpAt: session.steppedUpAt };

/**
 * The Context of the signed-in person at one employer; somebody else's employer does not exist. Staff get their
 * platform role at this employer: its permissions open connections and nothing else.
 */
export async function employerContext(
  customerId: string,
  options: ContextOptions = {},
): Promise<CustomerContext> {
  const signedIn = await requireSession();
  const { user, grants } = signedIn;
  const id = readUuid(customerId);
  if (id === null) notFound();
  const ctx = employerContextOf(user, grants, id) ?? staffContextAt(user, grants, id);
  return requireCustomer(exists(withStepUp(ctx, signedIn), options, { userId: user.id, customerId: id }));
}

/** The Context of staff over all employers; for everybody else the page does not exist. */
export async function platformContext(options: ContextOptions = {}): Promise<Context> {
  const signedIn = await requireSession();
  const ctx = withStepUp(platformContextOf(signedIn.user, signedIn.grants), signedIn);
  return exists(ctx, options, { userId: signedIn.user.id });
}

/** The Context of an employee as one of their own persons, and all of these persons. */
export async function selfContext(
  individualId?: string,
): Promise<{ ctx: CustomerContext; pair: SelfPair; pairs: SelfPair[] }> {
  const signedIn = await requireSession();
  const own = selfContextOf(signedIn.user, signedIn.grants, individualId);
  const ctx = exists(withStepUp(own?.ctx ?? null, signedIn), {}, { userId: signedIn.user.id });
  if (!own) notFound();
  return { ...own, ctx: requireCustomer(ctx) };
}

/** The own persons of the signed-in employee where there are several, for the switch between them. */
export async function listMyJobs(): Promise<OwnJobView[]> {
  const { user, grants } = await requireSession();
  return listOwnJobs(user, grants);
}

/** The employers of the signed-in person, for the switcher. */
export async function listMyEmployers(): Promise<EmployerView[]> {
  return employersOf((await requireSession()).grants);
}

/** All that the signed-in person may do anywhere. */
export async function getMyPermissions(): Promise<ReadonlySet<string>> {
  const { grants } = await requireSession();
  return new Set(grants.flatMap(({ permissions }) => permissions));
}

/** Which parts of Perch the signed-in person has. */
export async function getMyPlaces(): Promise<{ employers: EmployerView[]; staff: boolean; self: boolean }> {
  const { grants } = await requireSession();
  return { employers: employersOf(grants), staff: isStaff(grants), self: selfPairsOf(grants).length > 0 };
}

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
import { requireSession, type SignedInSession } from "./session";

export type { EmployerView, SelfPair };

interface ContextOptions {
  /** Without it the page does not exist for this person. */
  permission?: Permission;
}

function exists<T extends Context>(ctx: T | null, { permission }: ContextOptions): T {
  if (!ctx || (permission && !ctx.permissions.has(permission))) notFound();
  return ctx;
}

/** What the session proved comes from the session, whatever the role. */
const withStepUp = (ctx: Context | null, { session }: SignedInSession): Context | null =>
  ctx && { ...ctx, steppedUpAt: session.steppedUpAt };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

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
  if (!uuid.test(customerId)) notFound();
  const id = customerId.toLowerCase();
  const ctx = employerContextOf(user, grants, id) ?? staffContextAt(user, grants, id);
  return requireCustomer(exists(withStepUp(ctx, signedIn), options));
}

/** The Context of staff over all employers; for everybody else the page does not exist. */
export async function platformContext(options: ContextOptions = {}): Promise<Context> {
  const signedIn = await requireSession();
  return exists(withStepUp(platformContextOf(signedIn.user, signedIn.grants), signedIn), options);
}

/** The Context of an employee as one of their own persons, and all of these persons. */
export async function selfContext(
  individualId?: string,
): Promise<{ ctx: CustomerContext; pair: SelfPair; pairs: SelfPair[] }> {
  const signedIn = await requireSession();
  const own = selfContextOf(signedIn.user, signedIn.grants, individualId);
  if (!own) notFound();
  return { ...own, ctx: requireCustomer(exists(withStepUp(own.ctx, signedIn), {})) };
}

/** The employers of the signed-in person, for the switcher. */
export async function listMyEmployers(): Promise<EmployerView[]> {
  return employersOf((await requireSession()).grants);
}

/** Which parts of Perch the signed-in person has. */
export async function getMyPlaces(): Promise<{ employers: EmployerView[]; staff: boolean; self: boolean }> {
  const { grants } = await requireSession();
  return { employers: employersOf(grants), staff: isStaff(grants), self: selfPairsOf(grants).length > 0 };
}

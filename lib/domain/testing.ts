import { randomUUID } from "node:crypto";
import type { Role } from "@/lib/auth/permissions";
import { roleContext, type Context, type CustomerContext } from "./context";

interface TestContextOptions {
  connectionIds?: "all" | readonly string[];
  individualId?: string;
  userId?: string;
  /** Left out: a second factor was shown just now. */
  steppedUpAt?: Date | null;
}

/** A person's context at one employer, as a request would have it. For tests only. */
export function testContext(
  role: Role,
  customerId: string,
  options: TestContextOptions = {},
): CustomerContext {
  const scope = {
    kind: "customer" as const,
    customerId,
    connectionIds: options.connectionIds ?? "all",
    ...(options.individualId ? { individualId: options.individualId } : {}),
  };
  const steppedUpAt = options.steppedUpAt === undefined ? new Date() : options.steppedUpAt;
  return { ...roleContext({ actor: testActor(options.userId), scope, role, steppedUpAt }), scope };
}

/** A staff member's context over all employers. For tests only. */
export function testPlatformContext(role: "staff_admin" | "staff_support", userId?: string): Context {
  return roleContext({
    actor: testActor(userId),
    scope: { kind: "platform" },
    role,
    steppedUpAt: new Date(),
  });
}

function testActor(userId = randomUUID() as string) {
  return { kind: "user" as const, userId, email: "person@example.test", name: "Test Person" };
}

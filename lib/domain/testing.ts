import { randomUUID } from "node:crypto";
import type { Role } from "@/lib/auth/permissions";
import { roleContext, type Context, type CustomerContext } from "./context";

interface TestContextOptions {
  connectionIds?: "all" | readonly string[];
  individualId?: string;
  userId?: string;
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
  return { ...roleContext({ actor: testActor(options.userId), scope, role }), scope };
}

/** A staff member's context over all employers. For tests only. */
export function testPlatformContext(role: "staff_admin" | "staff_support", userId?: string): Context {
  return roleContext({ actor: testActor(userId), scope: { kind: "platform" }, role });
}

function testActor(userId = randomUUID() as string) {
  return { kind: "user" as const, userId, email: "person@example.test", name: "Test Person" };
}

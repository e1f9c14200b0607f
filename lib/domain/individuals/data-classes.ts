import { can } from "@/lib/auth/permissions";
import type { Context } from "@/lib/domain/context";

/** Which data classes of a person the reader may see (DESIGN §5). */
export interface DataClasses {
  pii: boolean;
  traits: boolean;
  income: boolean;
  /** That an SSN is held, and its last four digits; the number itself is in no class. */
  ssn: boolean;
}

/** The classes for one connection: an employee sees its own, everybody else what the role grants. */
export function dataClasses(ctx: Context, connectionId?: string): DataClasses {
  if (ctx.role === "employee") return { pii: true, traits: true, income: true, ssn: true };
  return {
    pii: can(ctx, "individual:pii", { connectionId }),
    traits: can(ctx, "individual:traits", { connectionId }),
    income: can(ctx, "individual:income", { connectionId }),
    ssn: can(ctx, "individual:ssn", { connectionId }),
  };
}

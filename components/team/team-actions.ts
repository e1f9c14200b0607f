import type { ActionResult } from "@/lib/client/action-result";

/** The server actions of the team page, as the page hands them down. */
export interface TeamActions {
  grantRole: (input: {
    customerId: string;
    email: string;
    name: string | null;
    role: string;
    connectionId: string | null;
    individualId: string | null;
  }) => Promise<ActionResult<{ granted: boolean; invited: boolean }>>;
  removeRole: (input: {
    customerId: string;
    userId: string;
    role: string;
    connectionId: string | null;
    individualId: string | null;
  }) => Promise<ActionResult<{ removed: boolean }>>;
  recoverAccount: (input: { customerId: string; userId: string }) => Promise<ActionResult<{ done: true }>>;
}

type Verb = "created" | "updated" | "deleted";

/** Something that happened at Finch, which a webhook tells (API-SURFACE §7; Finch: Webhooks). */
export type Change =
  | { event: "account.updated"; accountId: string }
  | { event: "company.updated" }
  | { event: `${"directory" | "individual" | "employment"}.${Verb}`; individualId: string }
  | { event: `payment.${Verb}`; paymentId: string; payDate: string | null }
  | { event: `pay_statement.${Verb}`; paymentId: string; individualId: string }
  | {
      event: `job.${"data_sync_all" | "w4_form_employee_sync" | `benefit_${"create" | "register" | "update" | "enroll" | "unenroll"}`}.completed`;
      jobId: string;
    }
  | { event: `job.initial_data_sync_${"org" | "payroll"}.succeeded`; jobId: string };

/** A change with where it happened. */
export interface Happened {
  connectionId: string;
  /** Null where it concerns the whole connection. */
  entityId: string | null;
  /** When, by the sandbox's clock (milliseconds). */
  at: number;
  change: Change;
}

type Listener = (happened: Happened) => void;

/** Tells the parts of the sandbox that listen (webhooks) what happened in the others. */
export class Changes {
  private readonly listeners: { listener: Listener; cares: () => boolean }[] = [];

  /** `cares` says whether the listener has any use for changes now. */
  listen(listener: Listener, cares: () => boolean = () => true): void {
    this.listeners.push({ listener, cares });
  }

  /** Whether telling is worth anything: thousands of changes of a large payroll are not made for nobody. */
  get heard(): boolean {
    return this.listeners.some((row) => row.cares());
  }

  tell(happened: Happened): void {
    for (const { listener, cares } of this.listeners) if (cares()) listener(happened);
  }
}

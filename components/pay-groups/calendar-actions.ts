import type { ActionResult } from "@/lib/client/action-result";

/** What the page hands to the calendar: its server actions, already bound to nobody. */
interface At {
  customerId: string;
}
interface Place extends At {
  connectionId: string;
  payGroupId: string | null;
}
interface Dates {
  payDate: string;
  payPeriodStart: string | null;
  payPeriodEnd: string | null;
  closesOn: string | null;
  closesTime: string | null;
}
interface Entry extends At {
  entryId: string;
  version: number;
}

export interface CalendarActions {
  enter: (input: Place & Dates) => Promise<ActionResult<{ id: string }>>;
  change: (input: Entry & Dates) => Promise<ActionResult<{ version: number }>>;
  remove: (input: Entry) => Promise<ActionResult<void>>;
  skip: (input: Place & { payDate: string }) => Promise<ActionResult<{ id: string }>>;
  confirm: (input: Place & { payDates: string[] }) => Promise<ActionResult<{ confirmed: number }>>;
}

export type CalendarPlace = Place;
export type CalendarDates = Dates;

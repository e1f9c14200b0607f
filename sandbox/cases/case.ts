import type { World } from "@/sandbox/call";
import type { Seedbed } from "@/sandbox/cases/seedbed";
import type { Desk } from "@/sandbox/dispatch";

/** Where a case is found, in the words of the API. */
export interface CasePlace {
  connection_id: string;
  individual_id?: string;
  payment_id?: string;
}

/** What a trigger works with: the whole sandbox, and where the case is. */
export interface CaseEvent {
  world: World;
  desk: Desk;
  place: CasePlace;
}

/** One of the situations in which payroll software goes wrong. */
export interface Case {
  number: number;
  title: string;
  /** Makes it, in a fresh seed. */
  plant: (bed: Seedbed) => CasePlace;
  /** Lets it happen, where it is an event; a sync follows. */
  trigger?: (event: CaseEvent) => void;
}

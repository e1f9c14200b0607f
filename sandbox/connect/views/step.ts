import type { World } from "@/sandbox/call";
import type { Html } from "@/sandbox/connect/views/layout";
import type { Visit } from "@/sandbox/connect/visit";
import type { Provider } from "@/sandbox/providers";
import type { Connection, ConnectSession } from "@/sandbox/records";

/** What every step is drawn from. */
export interface StepInput {
  world: World;
  visit: Visit;
  session: ConnectSession;
  /** The connection that is repaired, if this is a repair. */
  connection: Connection | null;
  /** What the provider list is searched for, where scripts are off. */
  search: string;
  nonce: string;
}

export interface StepContext extends StepInput {
  clientName: string;
  /** The chosen provider, if one is chosen already. */
  provider: Provider | null;
}

/** One step of the page. */
export interface Step {
  title: string;
  body: Html;
}

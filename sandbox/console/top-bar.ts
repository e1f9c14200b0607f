import { html } from "hono/html";
import { absolute } from "@/sandbox/console/format";
import { action, address, type Html } from "@/sandbox/console/parts";
import type { Desk } from "@/sandbox/dispatch";

/** The sandbox's time in sight of everything, and one step of it. */
export function topBar({ world, faults }: Desk): Html {
  const { now, frozen, rate } = world.clock.state();
  const ordered = faults.list().length;
  return html`${
      ordered > 0
        ? html`<a class="bar-fault" href="${address({ view: "faults" })}"
            >${ordered} ${ordered === 1 ? "fault" : "faults"}<span class="wide">&nbsp;ordered</span></a
          >`
        : ""
    }
    <a class="bar-clock" href="${address({ view: "clock" })}">
      <span class="sr">Clock: </span
      ><time datetime="${now}" data-ticks data-rate="${frozen ? 0 : rate}">${absolute(Date.parse(now))}</time>
      <span>UTC${frozen ? ", frozen" : rate === 1 ? "" : `, ${rate}×`}</span>
    </a>
    ${action("+1 day", "/_sandbox/clock", { advance_ms: 86_400_000 }, { method: "PUT", class: "small", name: "+1 day on the clock" })}`;
}

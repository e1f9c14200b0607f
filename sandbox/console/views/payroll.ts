import { html } from "hono/html";
import { copyable, scroller, sectionHead, shortId, type Html } from "@/sandbox/console/parts";
import type { ViewInput } from "@/sandbox/console/view";
import { dateOf } from "@/sandbox/payroll/calendar";
import { PayrollView, type Entry } from "@/sandbox/payroll/view";
import { findProvider, supportsProduct } from "@/sandbox/providers";
import type { Connection, Entity } from "@/sandbox/records";

const shownBefore = 45;
const shownAfter = 60;
const shownRuns = 6;

function period({ run, edits }: Entry): string {
  const added = edits?.added?.payment.pay_period;
  const [start, end] = run ? [dateOf(run.start), dateOf(run.end)] : [added?.start_date, added?.end_date];
  return start && end ? `${start} to ${end}` : "none";
}

const kinds = { regular: "Regular", bonus: "Bonus", correction: "Correction", award: "Award" };

const kind = ({ run }: Entry): string =>
  run === null ? "Run by hand" : (run.group?.name ?? kinds[run.kind]);

/** The last payments and the next one, without their sums: those of thousands are not made for a glance. */
export function payrollTable({ world }: ViewInput, connection: Connection, entity: Entity): Html | string {
  const provider = findProvider(connection.providerId);
  if (!provider || !supportsProduct(provider, "payment")) return "";
  const view = new PayrollView(world, connection, entity, "working");
  const entries = view
    .entries(view.today - shownBefore, view.today + shownAfter)
    .reverse()
    .slice(0, shownRuns);
  const today = dateOf(view.today);
  return html`<section>
    ${sectionHead("Payments", "around today")}
    <div data-live="payments">
      ${
        entries.length === 0
          ? html`<p class="nothing">No payment lies near today.</p>`
          : scroller(
              "Payments",
              html`<table>
                <thead>
                  <tr>
                    <th scope="col">Pay date</th>
                    <th scope="col">Pay group</th>
                    <th scope="col" class="wide">Period</th>
                    <th scope="col">Payment</th>
                  </tr>
                </thead>
                <tbody>
                  ${entries.map((entry) => {
                    const date = view.payDateOf(entry);
                    return html`<tr>
                      <th scope="row" class="nowrap">
                        ${date ?? html`<span class="none">none</span>`}
                        ${date !== null && date > today ? html`<span class="tag">to come</span>` : ""}
                      </th>
                      <td>${kind(entry)}</td>
                      <td class="wide">${period(entry)}</td>
                      <td>${copyable(entry.id, "payment id", shortId(entry.id))}</td>
                    </tr>`;
                  })}
                </tbody>
              </table>`,
            )
      }
    </div>
  </section>`;
}

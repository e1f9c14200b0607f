import { html } from "hono/html";
import { action, chip, empty, pageHead, scroller, sectionHead, type Html } from "@/sandbox/console/parts";
import { counted } from "@/sandbox/console/format";
import type { View } from "@/sandbox/console/view";
import type { Fault } from "@/sandbox/faults";
import { operations } from "@/sandbox/operations";

const kinds: [id: Fault["kind"], label: string][] = [
  ["status", "Error status"],
  ["pending", "202 instead of data"],
  ["latency", "Late answer"],
  ["hang", "No answer at all"],
  ["reset", "Connection breaks"],
  ["truncated", "Body ends too early"],
  ["malformed", "Body is no JSON"],
  ["nulls", "Null in every field that may be null"],
  ["unknown_enums", "Values that no enum has"],
  ["unknown_keys", "Fields that nobody knows"],
];

const labelOf = (kind: Fault["kind"]): string => kinds.find(([id]) => id === kind)?.[1] ?? kind;

function detail(fault: Fault): string {
  return [
    fault.status ? `${fault.status}` : "",
    fault.finch_code ?? "",
    fault.ms === undefined ? "" : `${fault.ms} ms`,
    fault.tokenHash ? "for one token" : "",
  ]
    .filter(Boolean)
    .join(", ");
}

function list(faults: readonly Fault[]): Html {
  if (faults.length === 0)
    return empty("Nothing is ordered to go wrong", "Every request is answered as Finch would.");
  return scroller(
    "Ordered faults",
    html`<table>
      <thead>
        <tr>
          <th scope="col">Operation</th>
          <th scope="col">What goes wrong</th>
          <th scope="col" class="n">Left</th>
          <th scope="col"><span class="sr">What can be done</span></th>
        </tr>
      </thead>
      <tbody>
        ${faults.map(
          (fault) =>
            html`<tr>
              <th scope="row">
                <code>${fault.operation === "*" ? "every operation" : fault.operation}</code>
              </th>
              <td>${chip("attention", labelOf(fault.kind))} <small>${detail(fault)}</small></td>
              <td class="n">${counted(fault.remaining, "request")}</td>
              <td class="acts">
                ${action("Remove", `/_sandbox/faults/${fault.id}`, {}, { class: "small ghost", method: "DELETE", name: `Remove the fault of ${fault.operation}` })}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  );
}

function orderForm(): Html {
  return html`<form
    class="stack"
    data-post="/_sandbox/faults"
    data-done="Ordered. It meets the next requests."
  >
    <div class="columns">
      <div class="field">
        <label for="operation">Operation</label>
        <select class="input" id="operation" name="operation">
          <option value="*">Every operation</option>
          ${operations.map(({ id }) => html`<option>${id}</option>`)}
        </select>
      </div>
      <div class="field">
        <label for="kind">What goes wrong</label>
        <select class="input" id="kind" name="kind" data-shows-fields>
          ${kinds.map(([id, label]) => html`<option value="${id}">${label}</option>`)}
        </select>
      </div>
    </div>
    <div class="columns four">
      <div class="field" data-for="status">
        <label for="status">Status</label>
        <select class="input" id="status" name="status" data-type="number">
          ${[500, 502, 501, 429, 422, 408, 404, 403, 402, 401, 400].map((status) => html`<option>${status}</option>`)}
        </select>
      </div>
      <div class="field" data-for="status pending">
        <label for="finch_code">finch_code</label>
        <input class="input" id="finch_code" name="finch_code" type="text" placeholder="the usual one" />
      </div>
      <div class="field" data-for="latency hang">
        <label for="ms">Milliseconds</label>
        <input
          class="input"
          id="ms"
          name="ms"
          type="number"
          min="0"
          max="600000"
          placeholder="the usual ones"
          data-type="number"
        />
      </div>
      <div class="field">
        <label for="times">For how many requests</label>
        <input
          class="input"
          id="times"
          name="times"
          type="number"
          min="1"
          max="1000000"
          value="1"
          required
          data-type="number"
        />
      </div>
      <div class="field">
        <label for="token">Only for this token</label>
        <input class="input" id="token" name="token" type="password" autocomplete="off" placeholder="any" />
      </div>
    </div>
    <p class="alert" role="alert" hidden></p>
    <div class="actions"><button class="button primary">Order the fault</button></div>
  </form>`;
}

/** What the next requests meet. */
export const faultsView: View = ({ desk }) => {
  const faults = desk.faults.list();
  return html`${pageHead(
      "Faults",
      "What goes wrong with the next requests, so that you see what your application makes of it.",
      html`<button
        class="button"
        type="button"
        data-post="/_sandbox/faults"
        data-method="DELETE"
        data-done="Nothing goes wrong any more."
      >
        Remove all
      </button>`,
    )}
    <section>${sectionHead("Order a fault")} ${orderForm()}</section>
    <section>
      ${sectionHead("Ordered")}
      <div data-live="faults">${list(faults)}</div>
    </section>`;
};

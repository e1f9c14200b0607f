import { html } from "hono/html";
import { action, chip, pageHead, sectionHead } from "@/sandbox/console/parts";
import { absolute } from "@/sandbox/console/format";
import type { View } from "@/sandbox/console/view";

const hour = 3_600_000;
const put = (label: string, body: object) => action(label, "/_sandbox/clock", body, { method: "PUT" });

/** The sandbox's time, and back to the start. */
export const clockView: View = ({ world, now }) => {
  const { frozen, rate } = world.clock.state();
  return html`${pageHead(
      "Clock and state",
      "Syncs, retries, rate windows and expiries follow this clock; it need not be the world’s.",
    )}
    <section>
      ${sectionHead("Clock", "UTC")}
      <div data-live="clock">
        <p class="big-time">
          <time datetime="${new Date(now).toISOString()}" data-ticks>${absolute(now)}</time>
          ${frozen ? chip("waiting", "Frozen") : rate === 1 ? chip("healthy", "Runs") : chip("waiting", `Runs ${rate}×`)}
        </p>
        <div class="event-buttons">
          ${put("+1 hour", { advance_ms: hour })} ${put("+1 day", { advance_ms: 24 * hour })}
          ${put("+1 week", { advance_ms: 7 * 24 * hour })} ${put("+30 days", { advance_ms: 30 * 24 * hour })}
          ${frozen ? put("Let it run", { frozen: false }) : put("Freeze", { frozen: true })}
          ${[1, 2, 5, 10].filter((speed) => speed !== rate).map((speed) => put(speed === 1 ? "Normal speed" : `${speed}× as fast`, { rate: speed }))}
        </div>
      </div>
      <form class="inline-form" data-post="/_sandbox/clock" data-method="PUT" data-done="The clock is set.">
        <div class="field">
          <label for="now">Set it to</label>
          <input
            class="input"
            id="now"
            name="now"
            type="datetime-local"
            step="1"
            required
            data-type="utc"
            aria-describedby="now-help"
          />
          <p class="help" id="now-help">UTC. Going back undoes nothing that has happened.</p>
        </div>
        <button class="button">Set</button>
        <p class="alert" role="alert" hidden></p>
      </form>
    </section>
    <section>
      ${sectionHead("Start again")}
      <p>
        A reset forgets every connection, token, request and fault. The seed, now
        <code>${world.store.seed}</code>, decides all data that is made afterwards: the same seed gives the
        same companies with the same ids.
      </p>
      <button class="button danger" type="button" data-opens="reset">Reset…</button>
    </section>
    <dialog id="reset" aria-labelledby="reset-title">
      <form
        class="stack"
        data-post="/_sandbox/reset"
        data-done="The sandbox has started again."
        data-closes-after
      >
        <h2 id="reset-title">Reset the sandbox?</h2>
        <p>Everything in it is forgotten at once, and applications that use it lose their tokens.</p>
        <div class="field">
          <label for="seed">Seed</label>
          <input
            class="input"
            id="seed"
            name="seed"
            type="text"
            maxlength="200"
            value="${world.store.seed}"
            required
          />
        </div>
        <p class="alert" role="alert" hidden></p>
        <div class="actions">
          <button class="button" type="button" data-closes>Keep it</button>
          <button class="button danger">Reset</button>
        </div>
      </form>
    </dialog>`;
};

import { expect } from "vitest";
import { uuid, type Drive, type Stage } from "@/sandbox/testing/sdk/stage";
import { everyProduct } from "@/sandbox/testing/walk/kinds";

/** Finch's own sandbox. */
export const emulator = ({ office, finch, withForms, created, ids }: Stage): Drive => {
  return {
    "sandbox.connections.create": async () => {
      expect(created).toMatchObject({ provider_id: "gusto", products: everyProduct, token_type: "bearer" });
    },
    "sandbox.connections.accounts.create": async () => {
      const login = { company_id: String(created.company_id), provider_id: "gusto" };
      const account = await office.sandbox.connections.accounts.create(login);
      expect(account).toMatchObject({ connection_id: created.connection_id, ...login });
    },
    "sandbox.connections.accounts.update": async () => {
      const account = await finch.sandbox.connections.accounts.update({ connection_status: "connected" });
      expect(account).toMatchObject({ connection_id: created.connection_id });
    },
    "sandbox.company.update": async () => {
      const { id: _id, ...company } = await finch.hris.company.retrieve();
      const written = await finch.sandbox.company.update({ ...company, ein: "12-3456789" });
      expect(written.ein).toBe("12-3456789");
    },
    "sandbox.directory.create": async () => {
      const added = await finch.sandbox.directory.create({ body: [{ first_name: "Ada" }] });
      expect(added).toHaveLength(1);
    },
    "sandbox.individual.update": async () => {
      const person = await finch.sandbox.individual.update(ids.person, { first_name: "Ada" });
      expect(person).toMatchObject({ id: ids.person, first_name: "Ada" });
    },
    "sandbox.employment.update": async () => {
      const person = await finch.sandbox.employment.update(ids.person, { title: "Engineer" });
      expect(person).toMatchObject({ id: ids.person, title: "Engineer" });
    },
    "sandbox.payment.create": async () => {
      const pay_statements = [{ individual_id: ids.person, gross_pay: 100_000, net_pay: 70_000 }];
      const payment = await finch.sandbox.payment.create({ pay_statements });
      expect(payment).toEqual({ payment_id: expect.stringMatching(uuid), pay_date: expect.any(String) });
    },
    "sandbox.jobs.create": async () => {
      const job = await finch.sandbox.jobs.create({ type: "data_sync_all" });
      expect(job).toMatchObject({ allowed_refreshes: 10, job_id: expect.stringMatching(uuid) });
    },
    "sandbox.jobs.configuration.retrieve": async () => {
      const configuration = await finch.sandbox.jobs.configuration.retrieve();
      expect(configuration).toEqual([{ type: "data_sync_all", completion_status: "complete" }]);
    },
    "sandbox.jobs.configuration.update": async () => {
      const wanted = { type: "data_sync_all", completion_status: "error" } as const;
      expect(await withForms.sandbox.jobs.configuration.update(wanted)).toEqual(wanted);
    },
  };
};

import { expect } from "vitest";
import type { Drive, Stage } from "@/sandbox/testing/sdk/stage";
import { everyProduct } from "@/sandbox/testing/walk/kinds";

/** Reading about companies and people. */
export const organization = ({ finch, withForms, created, ids }: Stage): Drive => {
  const requests = [{ individual_id: ids.person }];
  return {
    "providers.list": async () => {
      const { items } = await finch.providers.list();
      expect(items.length).toBeGreaterThan(200);
    },
    "account.introspect": async () => {
      expect(await finch.account.introspect()).toMatchObject({
        connection_id: created.connection_id,
        products: everyProduct,
      });
    },
    "hris.company.retrieve": async () => {
      expect(await finch.hris.company.retrieve()).toMatchObject({ id: created.company_id });
    },
    "hris.directory.list": async () => {
      const page = await finch.hris.directory.list({ limit: 3 });
      expect([page.individuals.length, page.paging.count]).toEqual([3, 20]);
    },
    "hris.individuals.retrieveMany": async () => {
      const options = { include: ["ssn"] };
      const { responses } = await finch.hris.individuals.retrieveMany({ requests, options });
      expect(responses).toMatchObject([{ code: 200, body: { id: ids.person, ssn: expect.any(String) } }]);
    },
    "hris.employments.retrieveMany": async () => {
      const { responses } = await finch.hris.employments.retrieveMany({ requests });
      expect(responses).toMatchObject([{ code: 200, body: { id: ids.person } }]);
    },
    "hris.documents.list": async () => {
      const individual_ids = [ids.theirs];
      const list = await withForms.hris.documents.list({ individual_ids, types: ["w4_2020", "w4_2005"] });
      expect(list.documents[0]?.individual_id).toBe(ids.theirs);
    },
    "hris.documents.retreive": async () => {
      const form = await withForms.hris.documents.retreive(ids.form);
      expect(form.type).toMatch(/^w4_20(05|20)$/);
    },
  };
};

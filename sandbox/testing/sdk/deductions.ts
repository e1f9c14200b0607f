import { expect } from "vitest";
import { deduction, uuid, type Drive, type Stage } from "@/sandbox/testing/sdk/stage";

/** Deductions and their jobs. */
export const deductions = ({ finch, assisted, ids, newBenefit }: Stage): Drive => {
  const enrollment = () => ({
    individual_id: ids.person,
    configuration: { employee_deduction: { type: "fixed", amount: 5_000 } } as const,
  });
  return {
    "hris.benefits.create": async () => {
      expect(await finch.hris.benefits.create({ ...deduction, description: "New" })).toEqual({
        benefit_id: expect.stringMatching(uuid),
        job_id: expect.stringMatching(uuid),
      });
    },
    "hris.benefits.register": async () => {
      expect(await assisted.hris.benefits.register(deduction)).toEqual({
        benefit_id: expect.stringMatching(uuid),
        job_id: expect.stringMatching(uuid),
      });
    },
    "hris.benefits.list": async () => {
      const { items } = await finch.hris.benefits.list();
      expect(items.map((benefit) => benefit.benefit_id)).toContain(ids.benefit);
    },
    "hris.benefits.listSupportedBenefits": async () => {
      expect((await finch.hris.benefits.listSupportedBenefits()).items.length).toBeGreaterThan(0);
    },
    "hris.benefits.retrieve": async () => {
      expect(await finch.hris.benefits.retrieve(ids.benefit)).toMatchObject(deduction);
    },
    "hris.benefits.update": async () => {
      const benefit = await newBenefit("Before");
      await finch.hris.benefits.update(benefit, { description: "After" });
      expect((await finch.hris.benefits.retrieve(benefit)).description).toBe("After");
    },
    "hris.benefits.individuals.enrollMany": async () => {
      const job = await finch.hris.benefits.individuals.enrollMany(ids.benefit, {
        individuals: [enrollment()],
      });
      expect(job.job_id).toMatch(uuid);
    },
    "hris.benefits.individuals.enrolledIDs": async () => {
      const benefit = await newBenefit("Enrolled");
      await finch.hris.benefits.individuals.enrollMany(benefit, { individuals: [enrollment()] });
      const { individual_ids } = await finch.hris.benefits.individuals.enrolledIDs(benefit);
      expect(individual_ids).toEqual([ids.person]);
    },
    "hris.benefits.individuals.retrieveManyBenefits": async () => {
      const benefit = await newBenefit("Read");
      await finch.hris.benefits.individuals.enrollMany(benefit, { individuals: [enrollment()] });
      const { items } = await finch.hris.benefits.individuals.retrieveManyBenefits(benefit, {
        individual_ids: ids.person,
      });
      expect(items).toMatchObject([{ code: 200, body: enrollment().configuration }]);
    },
    "hris.benefits.individuals.unenrollMany": async () => {
      const benefit = await newBenefit("Left");
      await finch.hris.benefits.individuals.enrollMany(benefit, { individuals: [enrollment()] });
      const individual_ids = [ids.person];
      const job = await finch.hris.benefits.individuals.unenrollMany(benefit, { individual_ids });
      expect(job.job_id).toMatch(uuid);
      expect((await finch.hris.benefits.individuals.enrolledIDs(benefit)).individual_ids).toEqual([]);
    },
    "jobs.manual.retrieve": async () => {
      const { job_id } = await finch.hris.benefits.create({ ...deduction, description: "With a job" });
      expect(await finch.jobs.manual.retrieve(job_id)).toMatchObject({ job_id, status: "complete" });
    },
  };
};

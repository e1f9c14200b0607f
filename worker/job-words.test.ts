import { expect, it } from "vitest";
import { describedJobs } from "@/lib/domain/jobs/job-words";
import { handlers } from "./registry";

it("every job has words for whoever looks at the queue, and no words are of a job that is gone", () => {
  expect(handlers.map(({ name }) => name).sort()).toEqual([...describedJobs].sort());
});

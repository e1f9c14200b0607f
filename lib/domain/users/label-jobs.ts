/** One of an employee's own persons, by what its owner knows it by. */
export interface OwnJobView {
  individualId: string;
  label: string;
}

/** From the one that says most: provider, entity, title, first day. Null where it is not known. */
export interface JobFacts {
  individualId: string;
  customerName: string;
  facts: (string | null)[];
}

/** The employer's name, and where several have it as few facts as tell them apart; a number where none does. */
export function labelJobs(jobs: readonly JobFacts[]): OwnJobView[] {
  return jobs.map((job) => {
    let same = jobs.filter(({ customerName }) => customerName === job.customerName);
    const said: string[] = [];
    for (const [at, fact] of job.facts.entries()) {
      const alike = same.filter(({ facts }) => facts[at] === fact);
      if (fact === null || alike.length === same.length) continue;
      said.push(fact);
      same = alike;
    }
    if (same.length > 1) said.push(String(same.indexOf(job) + 1));
    const label = said.length > 0 ? `${job.customerName}: ${said.join(", ")}` : job.customerName;
    return { individualId: job.individualId, label };
  });
}

import { PayrollBase } from "@/sandbox/payroll/base";
import { planPayroll, runsBetween } from "@/sandbox/payroll/runs";
const company = { contentKey: "c", idKey: "k", size: 25000, asOf: "2026-11-01", legalName: "Acme, Inc.", seed: "default" };
for (const payroll of [{payments:60,startDate:null}, null]) {
const plan = planPayroll(company, { createdAt: "2026-11-22T00:00:00Z", payroll } as never);
let u = process.cpuUsage().user; const lap=(n:string)=>{const x=process.cpuUsage().user; console.log(n,(x-u)/1000); u=process.cpuUsage().user;};
const base = new PayrollBase(plan); lap("profiles");
const runs = runsBetween(plan,0,1e9,20779);
let n=0; for (const run of runs.slice(payroll?-8:-42)) n+=base.totalsOf(run).paid.length; lap(`recent ${n}`);
for (const run of runs) n+=base.totalsOf(run).paid.length; lap(`all ${runs.length} ${n}`);
}

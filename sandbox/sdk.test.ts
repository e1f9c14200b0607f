import { describe, expect, it } from "vitest";
import { startTestSandbox } from "@/sandbox/testing/harness";
import { deductions } from "@/sandbox/testing/sdk/deductions";
import { emulator } from "@/sandbox/testing/sdk/emulator";
import { management } from "@/sandbox/testing/sdk/management";
import { sdkMethods } from "@/sandbox/testing/sdk/methods";
import { organization } from "@/sandbox/testing/sdk/organization";
import { payroll } from "@/sandbox/testing/sdk/payroll";
import { setStage } from "@/sandbox/testing/sdk/stage";

const sandbox = await startTestSandbox({ refreshQuota: { automated: 10 } });
const stage = await setStage(sandbox);
const driven = {
  ...organization(stage),
  ...payroll(stage),
  ...deductions(stage),
  ...management(stage),
  ...emulator(stage),
};

describe("the official SDK", () => {
  it.each(Object.entries(driven))("drives %s", async (_method, drive) => drive());

  it("has no method that is not driven here", () => {
    expect(sdkMethods().sort()).toEqual(Object.keys(driven).sort());
  });
});

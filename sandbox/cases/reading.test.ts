import { describe, expect, it } from "vitest";
import { CaseReader, sumOf, takenFrom } from "@/sandbox/cases/testing";
import { startTestSandbox } from "@/sandbox/testing/harness";

const sandbox = await startTestSandbox({ initialSyncMs: 0 });
const { clock } = sandbox.sandbox.world;
const cases = await CaseReader.open(sandbox);
const year = Number(clock.iso().slice(0, 4));

const amountOf = (money: { amount: number | null } | null) => money?.amount ?? null;

describe("the list of cases", () => {
  it("has all 52, each in the seed that makes it", () => {
    expect(cases.rows.map(({ number }) => number)).toEqual(
      Array.from({ length: 52 }, (_, place) => place + 1),
    );
    expect(new Set(cases.rows.map(({ seed }) => seed))).toEqual(new Set(["cases"]));
    expect(cases.rows.every(({ connection_id: id }) => id.length === 36)).toBe(true);
  });

  it("is the same after a second reset", async () => {
    expect((await CaseReader.open(sandbox)).rows).toEqual(cases.rows);
  });
});

describe("dates", () => {
  it("1: a period lies in two years", async () => {
    const payment = await cases.payment(1);
    expect(payment.pay_period).toEqual({ start_date: `${year - 1}-12-27`, end_date: `${year}-01-09` });
    expect(payment.pay_date).toBe(`${year}-01-03`);
  });

  it("3: a payment has no pay date", async () => {
    expect((await cases.payment(3)).pay_date).toBeNull();
  });

  it("4: a payment is yet to be paid", async () => {
    expect((await cases.payment(4)).pay_date! > clock.iso().slice(0, 10)).toBe(true);
  });

  it("5: a year has 27 bi-weekly pay dates", async () => {
    const dates = (await cases.payments(5, "2024-01-01", "2024-12-31")).map((row) => row.pay_date);
    expect([new Set(dates).size, dates[0], dates.at(-1)]).toEqual([27, "2024-01-03", "2024-12-31"]);
    expect((await cases.payment(5)).pay_date).toBe("2024-12-31");
  });

  it("6: a year has 53 weekly pay dates", async () => {
    const all = await cases.payments(6, "2020-01-01", "2020-12-31");
    const weekly = all.filter((row) => row.pay_frequencies?.includes("weekly")).map((row) => row.pay_date);
    expect([new Set(weekly).size, weekly.at(-1)]).toEqual([53, "2020-12-31"]);
  });

  it("31: two pay groups are paid on one day", async () => {
    const { pay_date: date } = await cases.payment(31);
    const same = await cases.payments(31, date ?? "", date ?? "");
    expect(new Set(same.flatMap((row) => row.pay_group_ids ?? [])).size).toBeGreaterThan(1);
  });

  it("38: a provider's history begins in the middle of a year", async () => {
    const [first] = await cases.payments(38, "2000-01-01", "2100-01-01");
    expect(first?.id).toBe(cases.row(38).payment_id);
    const months = (Date.parse(clock.iso()) - Date.parse(first?.pay_date ?? "")) / (30.44 * 86_400_000);
    expect(months).toBeGreaterThan(12.5);
    expect(months).toBeLessThan(14.5);
  });
});

describe("statements", () => {
  it("8: net is zero, gross is not", async () => {
    const slip = await cases.slip(8);
    expect(amountOf(slip.net_pay)).toBe(0);
    expect(amountOf(slip.gross_pay)).toBeGreaterThan(0);
    expect(amountOf(slip.gross_pay)).toBe(takenFrom(slip));
  });

  it("9: net is below zero", async () => {
    expect(amountOf((await cases.slip(9)).net_pay)).toBe(-12_345);
  });

  it("10: gross is null, earnings are there", async () => {
    const slip = await cases.slip(10);
    expect(slip.gross_pay).toBeNull();
    expect(sumOf(slip.earnings)).toBeGreaterThan(0);
  });

  it("11: earnings are null, and an empty list", async () => {
    const found = (await cases.slips(11)).map((slip) => slip.earnings);
    expect(found.filter((lines) => lines === null)).toHaveLength(1);
    expect(found.filter((lines) => lines?.length === 0)).toHaveLength(1);
  });

  it("12: a line has no amount", async () => {
    expect((await cases.slip(12)).earnings?.[0]?.amount).toBeNull();
  });

  it("13: hours are null, zero and 79.9833", async () => {
    const hours = (await cases.slips(13)).slice(0, 3).map((slip) => slip.total_hours);
    expect(hours).toEqual([null, 0, 79.9833]);
  });

  it("14: a tax has no key for its amount", async () => {
    const [tax] = (await cases.slip(14)).taxes ?? [];
    expect(tax).toHaveProperty("name");
    expect(tax).not.toHaveProperty("amount");
  });

  it("15: nobody knows who pays a tax", async () => {
    expect((await cases.slip(15)).taxes?.[0]?.employer).toBeNull();
  });

  it("16: gross leaves a reimbursement out", async () => {
    const slip = await cases.slip(16);
    expect(sumOf(slip.earnings) - (amountOf(slip.gross_pay) ?? 0)).toBe(15_000);
    expect(amountOf(slip.net_pay)).toBe((amountOf(slip.gross_pay) ?? 0) - takenFrom(slip) + 15_000);
  });

  it("17: imputed life insurance is taken back by its offset", async () => {
    const slip = await cases.slip(17);
    expect(slip.earnings?.some((line) => line?.amount === 1_250 && /imputed/.test(line.name ?? ""))).toBe(
      true,
    );
    expect(
      slip.employee_deductions?.some((line) => line?.amount === 1_250 && /Offset/.test(line.name ?? "")),
    ).toBe(true);
    expect(amountOf(slip.net_pay)).toBe((amountOf(slip.gross_pay) ?? 0) - takenFrom(slip));
  });

  it.each([
    [18, "401k", null],
    [19, "401k", false],
    [20, "401k_roth", true],
  ])("%i: a %s deduction says pre-tax %s", async (number, type, preTax) => {
    const lines = (await cases.slip(number)).employee_deductions?.filter((line) => line?.type === type);
    expect(lines?.map((line) => line?.pre_tax)).toEqual([preTax]);
  });

  it("21: both kinds of HSA are on one statement", async () => {
    const types = (await cases.slip(21)).employee_deductions?.map((line) => line?.type);
    expect(types).toEqual(expect.arrayContaining(["hsa_pre", "hsa_post"]));
  });

  it("22: a deduction has no type and says nothing", async () => {
    const line = (await cases.slip(22)).employee_deductions?.find((row) => row?.name === "1j7dfp");
    expect(line).toMatchObject({ type: null, amount: 4_200 });
  });

  it("23: one name has two types", async () => {
    const lines = (await cases.slip(23)).earnings?.filter((line) => line?.name === "Incentive");
    expect(lines?.map((line) => line?.type)).toEqual(["bonus", "commission"]);
  });

  it("24: a line is reversed on the same statement", async () => {
    const lines = (await cases.slip(24)).earnings?.filter((line) => line?.name === "Spot Award");
    expect(lines?.map((line) => line?.amount)).toEqual([40_000, -40_000]);
  });

  it("25: a line is reversed by a later payment", async () => {
    const slip = await cases.slip(25);
    expect(slip.earnings).toMatchObject([{ name: "Referral Bonus", amount: -50_000 }]);
    const before = await cases.slipsOf(25, `${year - 1}-01-01`, `${year - 1}-12-31`);
    const paid = before
      .flatMap((row) => row.slip.earnings ?? [])
      .filter((line) => line?.name === "Referral Bonus");
    expect(paid.map((line) => line?.amount)).toEqual([50_000]);
  });

  it("36: amounts are in yen, dinars, dollars in capitals, and nothing", async () => {
    const currencies = (await cases.slips(36)).slice(0, 4).map((slip) => slip.gross_pay?.currency);
    expect(currencies).toEqual(["jpy", "kwd", "USD", null]);
  });
});

describe("people", () => {
  it("32: somebody came back under the old id, somebody under a new one", async () => {
    const person = await cases.individual(32);
    const rows = await cases.directory(32);
    const all = await Promise.all(rows.map(({ id }) => cases.individual(32, id)));
    const same = all.filter((row) => row["ssn"] === person["ssn"]);
    expect(same).toHaveLength(2);
    const jobs = await Promise.all(rows.map(({ id }) => cases.employment(32, id)));
    expect(jobs.some((row) => row["latest_rehire_date"] === `${year - 1}-03-03`)).toBe(true);
  });

  it("33: somebody is paid as a contractor, then as an employee", async () => {
    const found = await cases.slipsOf(33, `${year}-01-01`, `${year}-12-31`);
    const paidAsContractor = (from: string, to: string) =>
      new Set(
        found
          .filter(({ payDate }) => payDate >= `${year}-${from}` && payDate <= `${year}-${to}`)
          .map(({ slip }) => slip.earnings?.some((line) => line?.type === "1099")),
      );
    expect(paidAsContractor("01-01", "06-30")).toEqual(new Set([true]));
    if (clock.iso().slice(5, 7) > "08") expect(paidAsContractor("07-15", "12-31")).toEqual(new Set([false]));
    expect(await cases.employment(33)).toMatchObject({ employment: { type: "employee" } });
  });

  it("34: one person is in two connections, with two birth dates", async () => {
    const here = await cases.individual(34);
    const rows = await cases.directory(35);
    const there = await Promise.all(rows.map(({ id }) => cases.individual(35, id)));
    const twin = there.find((row) => row["ssn"] === here["ssn"]);
    expect([here["dob"], twin?.["dob"]]).toEqual(["1988-12-03", "1988-03-12"]);
    expect(here["last_name"]).toBe(twin?.["last_name"]);
    expect(cases.row(34).connection_id).not.toBe(cases.row(35).connection_id);
  });

  it("35: two people have one name and birth date", async () => {
    const rows = await cases.directory(35);
    const all = await Promise.all(rows.map(({ id }) => cases.individual(35, id)));
    const twins = all.filter((row) => row["first_name"] === "Sam" && row["dob"] === "1991-07-14");
    expect(twins).toHaveLength(2);
    expect(new Set(twins.map((row) => row["ssn"])).size).toBe(2);
  });

  it("37: an employer has no EIN, and a person is under two", async () => {
    const client = await cases.client(37);
    const { entities = [] } = await client.account.introspect();
    expect(entities).toHaveLength(3);
    const companies = await Promise.all(
      entities.map(({ id }) => client.hris.company.retrieve({ entity_ids: [id] })),
    );
    const eins = companies.map((company) => company.ein);
    expect([eins[2], new Set(eins.slice(0, 2)).size]).toEqual([null, 2]);
    const ssnsOf = async (entity: string) => {
      const rows = await cases.directory(37, entity);
      return Promise.all(rows.map(async ({ id }) => (await cases.individual(37, id, entity))["ssn"]));
    };
    const [first, second] = await Promise.all(entities.slice(0, 2).map(({ id }) => ssnsOf(id)));
    expect(first?.filter((ssn) => second?.includes(ssn))).toEqual(["900201234"]);
  });

  it("39: birth dates that decide limits", async () => {
    const rows = await cases.directory(39);
    const born = await Promise.all(rows.map(async ({ id }) => (await cases.individual(39, id))["dob"]));
    const wanted = ["1988-02-29", `${year - 50}-12-31`, `${year - 60}-12-31`, `${year - 64}-12-31`, null];
    expect(born).toEqual(expect.arrayContaining(wanted));
    expect((await cases.individual(39))["dob"]).toBe("1988-02-29");
  });

  it("48: managers stand in a circle, and somebody is their own", async () => {
    const { individual_id: one = "" } = cases.row(48);
    const managerOf = async (id: string) =>
      ((await cases.employment(48, id))["manager"] as { id: string }).id;
    expect(await managerOf(await managerOf(one))).toBe(one);
    const rows = await cases.directory(48);
    expect(rows.some((row) => row.manager?.id === row.id)).toBe(true);
  });

  it("49: a name is a formula", async () => {
    expect((await cases.individual(49))["first_name"]).toMatch(/^=HYPERLINK/);
  });

  it("50: a custom field holds an SSN", async () => {
    expect(JSON.stringify((await cases.employment(50))["custom_fields"])).toContain("900-12-3456");
  });
});

describe("deductions", () => {
  it("40: more is deferred than 402(g) allows, then refunded", async () => {
    const slips = await cases.slipsOf(40, `${year - 1}-01-01`, `${year - 1}-12-31`);
    const deferred = slips.map(({ slip }) =>
      sumOf((slip.employee_deductions ?? []).filter((line) => line?.type === "401k")),
    );
    expect(deferred.reduce((sum, cents) => sum + Math.max(0, cents), 0)).toBeGreaterThan(2_450_000);
    expect(deferred.filter((cents) => cents < 0)).toEqual([-400_000]);
  });

  it("41: a deduction is of 10,000 basis points", async () => {
    const client = await cases.client(41);
    const { individual_id = "" } = cases.row(41);
    const [benefit] = (await client.hris.benefits.list()).items.filter((row) => row.type === "401k");
    const page = await client.hris.benefits.individuals.retrieveManyBenefits(benefit?.benefit_id ?? "", {
      individual_ids: individual_id,
    });
    expect(page.items[0]?.body).toMatchObject({ employee_deduction: { type: "percent", amount: 10_000 } });
  });

  it("42: an annual maximum is reached within a pay", async () => {
    const slips = await cases.slipsOf(42, `${year - 1}-01-01`, `${year - 1}-12-31`);
    const taken = slips.map(({ slip }) =>
      sumOf((slip.employee_deductions ?? []).filter((line) => line?.type === "401k")),
    );
    expect(taken.reduce((sum, cents) => sum + cents, 0)).toBe(1_250_000);
    expect(taken.filter((cents) => cents === 50_000)).toHaveLength(1);
  });

  it("46: a monthly deduction is taken on one of two pays of a month", async () => {
    const slips = await cases.slipsOf(46, `${year - 1}-01-01`, `${year - 1}-12-31`);
    const months = slips
      .filter(({ slip }) => slip.employee_deductions?.some((line) => line?.name === "Case 46: Parking"))
      .map(({ payDate }) => payDate.slice(0, 7));
    expect(slips.length).toBeGreaterThan(20);
    expect(months.length).toBeGreaterThan(9);
    expect(new Set(months).size).toBe(months.length);
  });

  it("52: tiers of a match are in reverse order", async () => {
    const client = await cases.client(52);
    const { individual_id = "" } = cases.row(52);
    const [benefit] = (await client.hris.benefits.list()).items.filter((row) => row.type === "401k");
    const page = await client.hris.benefits.individuals.retrieveManyBenefits(benefit?.benefit_id ?? "", {
      individual_ids: individual_id,
    });
    expect(page.items[0]?.body).toMatchObject({
      company_contribution: { type: "tiered", tiers: [{ threshold: 500 }, { threshold: 300 }] },
    });
  });
});

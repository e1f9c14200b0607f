import { describe, expect, it } from "vitest";
import { maskSsnLike, scrub } from "./scrub";

describe("what looks like an SSN in free text", () => {
  it.each([
    "123-45-6789",
    "123 45 6789",
    "123.45.6789",
    "123456789",
    "123-45 6789",
    "123–45–6789",
    "123\u201145\u20116789",
    "123\u221245\u22126789",
    "123 - 45 - 6789",
    "123/45/6789",
    "１２３-４５-６７８９",
    "123\u00ad45\u200b6789",
  ])("%s is masked", (ssn) => {
    const masked = maskSsnLike(`SSN ${ssn} of the payee`);
    expect(masked).toBe("SSN [masked] of the payee");
  });

  it.each(["1234567890", "12345678", "555-1234", "2026-11-22", "№ 12-345-6789", "ﬁrst"])(
    "%s stays",
    (text) => {
      expect(maskSsnLike(text)).toBe(text);
    },
  );
});

describe("scrubbing an answer", () => {
  it("cuts SSNs and bank numbers out wherever they stand, and keeps their paths", () => {
    const { json, secrets } = scrub({
      responses: [{ body: { ssn: "123-45-6789", encrypted_ssn: "xyz", first_name: "Ada" } }],
      accounts: [{ account_number: "000111222", routing_number: 21000021 }],
    });
    expect(JSON.stringify(json)).not.toMatch(/6789|xyz|111222|21000021/);
    expect(json).toMatchObject({ responses: [{ body: { ssn: "[sealed]", first_name: "Ada" } }] });
    expect(secrets.get("responses.0.body.ssn")?.reveal()).toBe("123-45-6789");
    expect(secrets.get("accounts.0.routing_number")?.reveal()).toBe("21000021");
    expect(JSON.stringify([...secrets])).not.toContain("6789");
  });

  it("masks names and values of custom fields, numbers without their leading zeros too", () => {
    const { json } = scrub({
      custom_fields: [
        { name: "Spouse 123-45-6789", value: { deep: ["987-65-4321"] } },
        { name: "Tax id", value: 1234567 },
        { name: "Desk", value: 42 },
      ],
    });
    expect(json).toEqual({
      custom_fields: [
        { name: "Spouse [masked]", value: { deep: ["[masked]"] } },
        { name: "Tax id", value: "[masked]" },
        { name: "Desk", value: 42 },
      ],
    });
  });
});

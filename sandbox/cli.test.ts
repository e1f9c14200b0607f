import { describe, expect, it } from "vitest";
import { help, readCommand, UsageError } from "@/sandbox/cli";
import { withDefaults } from "@/sandbox/options";

const secret = "MDEyMzQ1Njc4OWFiY2RlZg==";

describe("a command line", () => {
  it("without anything starts with Finch's doubled limits, fast jobs and no state file", () => {
    const options = readCommand([], {});
    expect(options).toMatchObject({ port: 4010, autoSync: true, rateLimits: "sandbox", webhooks: [] });
    expect(options).not.toHaveProperty("dataDir");
    expect(options && withDefaults(options)).toMatchObject({
      profile: "fast",
      latencyMs: 0,
      jobDelayMs: 400,
    });
  });

  it("sets everything that the help names", () => {
    const args = [
      ...["--port", "0", "--data-dir", "/tmp/x", "--seed", "case-49", "--profile", "slow", "--latency", "20"],
      ...["--job-delay", "7", "--no-auto-sync", "--rate-limits", "production"],
      ...["--webhook", "http://127.0.0.1:3000/hook", "--webhook-host", "hooks.example.com"],
      ...["--webhook", "https://hooks.example.com/x", "--redirect-uri", "https://app.example.com/cb"],
      "--on-request-fields",
    ];
    expect(readCommand(args, { SANDBOX_WEBHOOK_SECRET: secret })).toMatchObject({
      port: 0,
      dataDir: "/tmp/x",
      seed: "case-49",
      profile: "slow",
      latencyMs: 20,
      jobDelayMs: 7,
      autoSync: false,
      rateLimits: "production",
      webhooks: [
        { url: "http://127.0.0.1:3000/hook", secret },
        { url: "https://hooks.example.com/x", secret },
      ],
      webhookHosts: ["hooks.example.com"],
      redirectUris: ["https://app.example.com/cb"],
      onRequestFields: true,
    });
    for (const flag of args.filter((word) => word.startsWith("--"))) expect(help).toContain(flag);
  });

  it("takes a range of latencies", () => {
    expect(readCommand(["--latency", "20-80"], {})).toMatchObject({ latencyMs: { min: 20, max: 80 } });
  });

  it("takes the kind of limits from the environment, unless it says it itself", () => {
    const env = { SANDBOX_RATE_LIMITS: "off" };
    expect(readCommand([], env)?.rateLimits).toBe("off");
    expect(readCommand(["--rate-limits", "production"], env)?.rateLimits).toBe("production");
  });

  it.each([
    [["--port", "many"], {}, "not a port"],
    [["--profile", "medium"], {}, "fast or slow"],
    [["--latency", "long"], {}, "--latency long"],
    [["--latency", "80-20"], {}, "ends before it begins"],
    [["--job-delay=-1"], {}, "--job-delay -1"],
    [["--rate-limits", "some"], {}, "sandbox, production or off"],
    [["--webhook", "http://127.0.0.1/x"], {}, "SANDBOX_WEBHOOK_SECRET"],
    [["--webhook", "http://127.0.0.1/x"], { SANDBOX_WEBHOOK_SECRET: "no base64" }, "base64"],
    [
      ["--webhook", "http://evil.example/x"],
      { SANDBOX_WEBHOOK_SECRET: secret },
      "--webhook-host evil.example",
    ],
    [["--colour", "red"], {}, "--colour"],
  ])("%j is refused in words", (args, env, words) => {
    expect(() => readCommand(args, env)).toThrow(UsageError);
    expect(() => readCommand(args, env)).toThrow(words);
  });
});

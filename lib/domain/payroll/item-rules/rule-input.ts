import { z } from "zod";
import { DomainError } from "@/lib/domain/errors";
import type { FinchRuleWanted } from "@/lib/finch";
import { readText, wordOf } from "../items/texts";
import { matchOf } from "./rule-conditions";

const day = z.iso.date("Enter a day.").nullable().default(null);

/** A rule as it is to be: all of its conditions have to hold. */
export const WantedRule = z.strictObject({
  conditions: z
    .array(
      z.strictObject({
        field: z.enum(["name", "category", "type", "pre_tax", "employer"]),
        // Names are compared as they are, spaces and all.
        value: wordOf(500).min(1, "Enter a value."),
      }),
    )
    .min(1, "Say which lines are meant.")
    .max(5),
  labels: z
    .array(
      z.strictObject({
        key: readText({ min: 1, max: 50, what: "Enter the label's name." }),
        value: readText({ min: 1, max: 200, what: "Enter the label's value." }),
      }),
    )
    .min(1, "Enter at least one label.")
    .max(10),
  effectiveStart: day,
  effectiveEnd: day,
});
export type WantedRule = z.output<typeof WantedRule>;

const place = {
  connectionId: z.uuid(),
  /** '' where the connection has one entity. */
  entityId: wordOf(200).default(""),
};

/** What is looked at first, and then asked of Finch. */
export const RuleChangeInput = z.strictObject({
  ...place,
  /** The rule that is changed or taken away; null for a new one. */
  ruleId: wordOf(200).nullable().default(null),
  /** The version of it that was on the screen; null for a new one. */
  seen: wordOf(100).nullable().default(null),
  /** Null where it is taken away. */
  wanted: WantedRule.nullable(),
});
export type RuleChangeInput = z.input<typeof RuleChangeInput>;

/** @throws DomainError INVALID for what could never fit a line */
export function checkRule(wanted: WantedRule): void {
  const invalid = (field: string, message: string) => new DomainError("INVALID", message, { field });
  const fields = wanted.conditions.map(({ field }) => field);
  if (new Set(fields).size < fields.length)
    throw invalid("conditions", "Each field of a line can be asked for once.");
  if (matchOf(wanted.conditions) === null)
    throw invalid("conditions", "Choose the values of category and flags from the list.");
  const keys = wanted.labels.map(({ key }) => key);
  if (new Set(keys).size < keys.length) throw invalid("labels", "Each label can be given once.");
  if (wanted.effectiveStart && wanted.effectiveEnd && wanted.effectiveStart > wanted.effectiveEnd)
    throw invalid("effectiveEnd", "The last day is before the first one.");
}

export const toFinchRule = ({
  conditions,
  labels,
  effectiveStart,
  effectiveEnd,
}: WantedRule): FinchRuleWanted => ({
  conditions,
  metadata: Object.fromEntries(labels.map(({ key, value }) => [key, value])),
  effectiveStart,
  effectiveEnd,
});

import type { Case } from "@/sandbox/cases/case";

/** All cases, by number. */
export const cases: readonly Case[] = [];

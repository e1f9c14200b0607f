export function normalize(text: string): string;
export function distance(a: string, b: string, most: number): number;
export function wordScore(typed: string, word: string): number;
export function score(search: string, name: string): number;
export function rank<T extends { text: string }>(search: string, rows: readonly T[]): T[];
